import type { Ir } from '../../ir/ir.ts';
import type { Limit } from '../target.ts';

const noSecrets = 'Secrets are objects of a cluster, and machines have none; name files instead';

/** What files can't say although Envoy could do it: everything that the spec keeps in a Secret. */
export function limits(ir: Ir): readonly Limit[] {
  const externals = Object.values(ir.externals).flatMap(({ tls }): readonly Limit[] =>
    tls?.ca?.type === 'secret' || tls?.clientCertificate !== undefined
      ? [{ feature: 'external.tls', reason: noSecrets, origin: tls.origin }]
      : [],
  );
  const listeners = Object.values(ir.gateways)
    .flatMap((gateway) => gateway.listeners)
    .flatMap(({ tls }): readonly Limit[] =>
      tls?.certificate.type === 'secret' || tls?.clientCertificates?.ca.type === 'secret'
        ? [{ feature: 'gateway.tls', reason: noSecrets, origin: tls.origin }]
        : [],
    );
  return [...externals, ...listeners];
}
