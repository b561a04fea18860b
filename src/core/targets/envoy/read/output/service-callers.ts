import type { Affinity, ServiceSpec } from '../../../../spec/types.gen.ts';
import type { ReadApp } from './app-clusters.ts';
import type { Reading } from './reading.ts';
import type { ReadScope } from './scopes.ts';
import type { ReadCalls } from './service-clusters.ts';

/** The file of authorities that machines trust, unless an option names another. */
const systemAuthorities = '/etc/ssl/certs/ca-certificates.crt';

/** Returns the TLS that the application speaks itself, whoever starts it. */
export function applicationTls(
  reading: Reading,
  apps: readonly ReadApp[],
  id: string,
  caller: ReadCalls | undefined,
) {
  const found = apps.flatMap(({ name, tls, field }) =>
    tls === undefined || name.replace(/\/connection$/, '') !== `app/${id}` ? [] : [{ tls, field }],
  );
  const [first] = found;
  for (const other of found)
    if (JSON.stringify(other.tls) !== JSON.stringify(first?.tls))
      reading.disagree(`the TLS of the application of ${id}`, first?.field ?? other.field, other.field);
  const tls = first?.tls ?? caller?.foreign;
  if (tls === undefined) return undefined;
  return {
    ...(tls.sni !== undefined && { sni: tls.sni }),
    ...(tls.names && { subjectAltNames: tls.names }),
    ...(tls.ca !== systemAuthorities && { ca: { file: tls.ca } }),
  };
}

/** Returns the key that keeps callers of a service on one instance: routes to it alone have it, and routes to several have all. */
export function balancing(
  reading: Reading,
  id: string,
  { loadBalancing }: Partial<ServiceSpec>,
  scopes: readonly ReadScope[],
): Pick<ServiceSpec, 'loadBalancing'> {
  const tables = scopes.flatMap(({ table }) =>
    [...table.rules.values()].flatMap(({ rules, field }) =>
      rules.affinities.map((one) => ({ ...one, field })),
    ),
  );
  const alone = tables.filter(({ services }) => services.length === 1 && services[0] === id);
  const shared = tables.filter(({ services }) => services.length > 1 && services.includes(id));
  const [first] = alone;
  for (const other of alone)
    if (JSON.stringify(other.keys) !== JSON.stringify(first?.keys) || other.keys.length > 1)
      reading.disagree(`the instance of a caller of ${id}`, first?.field ?? other.field, other.field);
  const key: Affinity | undefined = first?.keys[0];
  for (const { keys, field } of shared) {
    const isKnown = first !== undefined || keys.length === 0;
    const has = key === undefined || keys.some((one) => JSON.stringify(one) === JSON.stringify(key));
    if (!isKnown || !has)
      reading.report(field, `the key of ${id} among those of a route to several services`);
  }
  return key === undefined ? {} : { loadBalancing: { ...loadBalancing, affinity: key } };
}
