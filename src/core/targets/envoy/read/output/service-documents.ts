import type { ReadDocument } from '../../../../import/read-document.ts';
import type { HealthCheck, ServiceSpec } from '../../../../spec/types.gen.ts';
import type { ReadApp } from './app-clusters.ts';
import type { ReadCheck } from './health.ts';
import type { ReadPort } from './inbound-routes.ts';
import { requestPorts } from './outbound.ts';
import type { Reading } from './reading.ts';
import { isUsual } from './route-documents.ts';
import type { ReadScope } from './scopes.ts';
import { applicationTls, balancing } from './service-callers.ts';
import type { ReadCalls } from './service-clusters.ts';
import { endpointsOf, type ReadService } from './services.ts';
import type { ReadStream } from './stream-listeners.ts';

/** All parts of an output that are about services. */
export interface ReadAll {
  readonly services: readonly ReadService[];
  readonly calls: ReadonlyMap<string, ReadCalls>;
  readonly apps: readonly ReadApp[];
  readonly inbound: ReadonlyMap<string, ReadPort>;
  readonly tables: readonly ReadScope[];
  readonly streams: readonly ReadStream[];
}

/** Returns the Services, with what servers and callers do alike for all of their ports. */
export function serviceDocuments(reading: Reading, all: ReadAll): readonly ReadDocument[] {
  return all.services.map((service): ReadDocument => {
    const { id, known } = service;
    const { namespace, name } = known;
    return {
      kind: 'Service',
      namespace,
      name,
      spec: specOf(reading, service, all),
      from: [],
      beside: id,
    };
  });
}

function specOf(reading: Reading, service: ReadService, all: ReadAll): Partial<ServiceSpec> {
  const { id, known, instances } = service;
  const ports = known.ports.map(({ name, protocol }) => {
    const [server, caller] = [all.inbound.get(`${id} ${name}`), all.calls.get(`${id} ${name}`)];
    if (server !== undefined && caller !== undefined && instances.length > 0)
      checkTransport(reading, server, caller);
    if (caller !== undefined) checkProtocol(reading, caller, protocol);
    return { name, server, caller };
  });
  const named = new Map(
    ports.flatMap(({ name, caller }) =>
      [...(caller?.addresses ?? [])].map(([version, list]) => [`${version} ${name}`, list] as const),
    ),
  );
  checkAddresses(reading, service, all.calls);
  const settings = settingsOf(
    reading,
    ports.flatMap(({ caller }) => caller ?? []),
  );
  const account = accountOf(
    reading,
    service,
    ports.flatMap(({ caller }) => caller ?? []),
  );
  const idle = all.streams.filter(({ idleTimeouts, rules }) => idleTimeouts.length > 0 && leadsTo(rules, id));
  const limits = ports.flatMap(({ server }) => (server?.limit === undefined ? [] : [server]));
  for (const other of limits.slice(1))
    if (JSON.stringify(other.limit) !== JSON.stringify(limits[0]?.limit))
      reading.disagree(`the limit of ${id}`, limits[0]?.field ?? other.field, other.field);
  const endpoints = endpointsOf(reading, service, { named, streams: all.streams });
  const written = ports.flatMap(({ name, server, caller }) => {
    const tls = applicationTls(reading, all.apps, `${id}/${name}`, caller);
    const port = { ...(server && { mtls: server.mode }), ...(tls && { tls }) };
    return Object.keys(port).length === 0 ? [] : [[name, port] as const];
  });
  return {
    ...(written.length > 0 && { ports: Object.fromEntries(written) as never }),
    ...(account !== undefined && { workload: { serviceAccount: account } }),
    ...(endpoints && { endpoints }),
    ...withIdle(reading, settings, idle),
    ...balancing(reading, id, settings, all.tables),
    ...(limits[0]?.limit && { rateLimit: limits[0].limit }),
    ...usualTimeout(reading, id, all.tables),
    ...healthOf(reading, ports),
    ...declaredCalls(all.tables, id),
    ...exposure(all.tables, known.namespace, id, requestPorts(known.ports).length),
  };
}

/** Callers start the TLS of the mesh where servers ask for it, or take it, and nowhere else. */
function checkTransport(reading: Reading, server: ReadPort, caller: ReadCalls): void {
  const hasTls = caller.tls !== undefined;
  if (hasTls !== (server.mode !== 'disabled'))
    reading.disagree('the TLS between callers and server', server.field, caller.field);
}

function checkProtocol(reading: Reading, { protocol, tls, field }: ReadCalls, own: string): void {
  const wanted = own === 'http' ? 'http' : own === 'http2' || own === 'grpc' ? 'http2' : undefined;
  if (protocol !== wanted) reading.report(field, `the protocol ${own}`);
  const alpn = wanted === undefined ? 'mesh' : wanted === 'http' ? 'http/1.1' : 'h2';
  if (tls !== undefined && tls.alpn !== alpn) reading.report(field, `the protocol ${alpn} in TLS`);
}

/** Clusters have the addresses at which the proxies of the instances listen. */
function checkAddresses(
  reading: Reading,
  { id, known, instances }: ReadService,
  calls: ReadonlyMap<string, ReadCalls>,
): void {
  for (const { name } of known.ports) {
    const caller = calls.get(`${id} ${name}`);
    if (caller === undefined) continue;
    for (const [version, addresses] of caller.addresses) {
      const own = instances
        .filter((one) => version === '*' || one.version === version)
        .flatMap(({ inbound }) => inbound.filter(({ port }) => port === name).map(({ address }) => address));
      const isSame = [...own].sort().join() === [...addresses].sort().join();
      const hasNames = own.length === addresses.length && caller.isDns;
      if (!isSame && !hasNames) reading.report(caller.field, `the addresses of the instances of ${id}`);
    }
  }
}

function settingsOf(reading: Reading, calls: readonly ReadCalls[]): Partial<ServiceSpec> {
  const [first] = calls;
  if (first === undefined) return {};
  const text = ({ settings }: ReadCalls): string => {
    const { idleTimeout: _, maxRequestsPerConnection: __, ...connections } = settings.connections ?? {};
    return JSON.stringify({ ...settings, connections });
  };
  for (const other of calls.slice(1))
    if (text(other) !== text(first)) reading.disagree('the settings of two ports', first.field, other.field);
  const best = calls.find(({ settings }) => settings.connections?.idleTimeout !== undefined) ?? first;
  return best.settings;
}

/** Returns the account of a service: the identity of its callers' side and the one that callers expect are the same. */
function accountOf(
  reading: Reading,
  { instances, known }: ReadService,
  calls: readonly ReadCalls[],
): string | undefined {
  const start = `spiffe://${reading.trustDomain}/ns/${known.namespace}/sa/`;
  const shown = [
    ...instances.flatMap(({ outbound, proxy }) =>
      outbound === undefined ? [] : [{ identity: outbound.identity, field: proxy.field.at('node') }],
    ),
    ...calls.flatMap(({ tls, field }) => (tls === undefined ? [] : [{ identity: tls.identity, field }])),
  ];
  const [first] = shown;
  if (first === undefined) return undefined;
  for (const other of shown.slice(1))
    if (other.identity !== first.identity)
      reading.disagree(`the identity of ${known.namespace}/${known.name}`, first.field, other.field);
  if (!first.identity.startsWith(start)) reading.report(first.field, `an identity that starts with ${start}`);
  return first.identity.slice(start.length);
}

/** A scope of its own is that of a service that declares its calls. */
function declaredCalls(scopes: readonly ReadScope[], id: string): Pick<ServiceSpec, 'calls'> {
  const [namespace = '', name = ''] = id.split('/');
  const own = scopes.find((one) => one.name.replace(/@.*$/, '') === `${namespace}.${name}`);
  return own === undefined ? {} : { calls: [...own.table.services].sort() };
}

/** A service is hidden from the namespaces whose callers that declare no calls don't find it. */
function exposure(
  scopes: readonly ReadScope[],
  namespace: string,
  id: string,
  ports: number,
): Pick<ServiceSpec, 'exposeTo'> {
  const general = scopes.filter(({ name }) => !name.replace(/@.*$/, '').includes('.'));
  if (ports === 0 || general.every(({ table }) => table.services.has(id))) return {};
  const seeing = general.filter(({ table }) => table.services.has(id));
  const names = new Set(
    seeing.flatMap(({ members }) => members.map(({ id: one }) => one.split('/')[0] ?? '')),
  );
  names.delete(namespace);
  return { exposeTo: [...names].sort() };
}

/** Returns true if the first backend of a rule is a service: its connections have the settings of that one. */
function leadsTo(rules: ReadStream['rules'], id: string): boolean {
  return rules.some(({ backends }) => backends?.[0]?.service === id);
}

/** Returns settings with the time that connections may be silent, which their listeners say. */
function withIdle(
  reading: Reading,
  settings: Partial<ServiceSpec>,
  streams: readonly ReadStream[],
): Partial<ServiceSpec> {
  const [first] = streams;
  if (first === undefined) return settings;
  const idleTimeout = settings.connections?.idleTimeout ?? first.idleTimeouts[0];
  for (const { idleTimeouts, field } of streams)
    if (idleTimeouts.some((one) => one !== idleTimeout))
      reading.disagree('how long a connection may be silent', first.field, field);
  return {
    ...settings,
    connections: { ...settings.connections, ...(idleTimeout !== undefined && { idleTimeout }) },
  };
}

/** Returns the check of instances: callers of all ports make the same one, which the server answers at its port. */
function healthOf(
  reading: Reading,
  ports: readonly {
    readonly name: string;
    readonly server: ReadPort | undefined;
    readonly caller: ReadCalls | undefined;
  }[],
): Pick<ServiceSpec, 'healthCheck'> {
  const answered = ports.find(({ server }) => server?.check !== undefined);
  const made = ports.flatMap(({ caller }) => (caller === undefined ? [] : [caller]));
  const [first] = made;
  for (const other of made)
    if (JSON.stringify(other.health) !== JSON.stringify(first?.health))
      reading.disagree('the check of instances', first?.field ?? other.field, other.field);
  if (first === undefined) return {};
  if (first.health === undefined) {
    if (answered?.server !== undefined) reading.report(answered.server.field, 'no check that nobody makes');
    return {};
  }
  const { health } = first;
  const isAnswered = answered?.server?.check !== undefined && isSameCheck(answered.server.check, health);
  if (!isAnswered) reading.report(first.field, 'a check that the server answers');
  return { healthCheck: { ...health, ...(answered && { port: answered.name }) } };
}

function isSameCheck(one: ReadCheck, other: HealthCheck): boolean {
  return one.path === other.path && one.grpc === other.grpc && one.timeout === other.timeout;
}

/** Returns the time of calls to the ports without a Route, which is that of the service. */
function usualTimeout(
  reading: Reading,
  id: string,
  scopes: readonly ReadScope[],
): Pick<ServiceSpec, 'timeout'> {
  const found = scopes.flatMap(({ table }) =>
    [...table.rules].flatMap(([key, { rules, field }]) => {
      const [owner = '', port = ''] = key.split(' ');
      const timeout = rules.rules[0]?.timeout;
      return owner === id && isUsual(id, rules, [port]) && timeout !== undefined ? [{ timeout, field }] : [];
    }),
  );
  const [first] = found;
  for (const { timeout, field } of found)
    if (timeout !== first?.timeout)
      reading.disagree(`the time of calls to ${id}`, first?.field ?? field, field);
  return first === undefined ? {} : { timeout: first.timeout };
}
