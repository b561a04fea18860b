import type { Field } from '../../../../import/field.ts';
import type { KnownService } from '../../../../import/inventory.ts';
import type { Endpoint, Settings } from '../../../../spec/types.gen.ts';
import { readApp } from './app-clusters.ts';
import { type ReadOutbound, readOutbound } from './client-listeners.ts';
import { type ReadInbound, readInbound } from './inbound.ts';
import type { ReadProxy } from './proxies.ts';
import type { Reading } from './reading.ts';
import type { ReadStream } from './stream-listeners.ts';

/** One instance of a service. */
export interface ReadInstance {
  readonly proxy: ReadProxy;
  readonly version: string;
  readonly outbound: ReadOutbound | undefined;
  readonly inbound: readonly ReadInbound[];
  /** Listeners of calls that are no requests. */
  readonly streams: readonly Field[];
}

/** A service with its instances. */
export interface ReadService {
  readonly id: string;
  readonly known: KnownService;
  readonly instances: readonly ReadInstance[];
}

export type ClusterSettings = Pick<
  Settings,
  'connections' | 'outlierDetection' | 'loadBalancing' | 'retryBudget'
>;

/** Reads the listeners of the proxies of services. */
export function readServices(reading: Reading, proxies: readonly ReadProxy[]): readonly ReadService[] {
  return reading.inventory.services.map((known) => {
    const id = `${known.namespace}/${known.name}`;
    const own = proxies.filter(({ owner }) => owner === id);
    return { id, known, instances: own.map((proxy) => readInstance(reading, known, proxy)) };
  });
}

function readInstance(reading: Reading, known: KnownService, proxy: ReadProxy): ReadInstance {
  const inbound: ReadInbound[] = [];
  const streams: Field[] = [];
  let outbound: ReadOutbound | undefined;
  for (const listener of proxy.listeners) {
    const name = String(listener.at('name').value);
    if (name === 'outbound') outbound = readOutbound(reading, listener);
    else if (name.startsWith('outbound/')) streams.push(listener);
    else {
      const port = known.ports.find((one) => `inbound/${one.name}` === name);
      if (port === undefined) reading.report(listener.at('name'), 'the name of a port of the service');
      else
        inbound.push(
          readInbound(reading, listener, proxy.owner, isRequests(port.protocol) && hasManager(listener)),
        );
    }
  }
  if (outbound === undefined)
    reading.report(proxy.field.at('node'), 'a listener for calls of the application');
  const version = versionOf(known, proxy);
  if (version === undefined) reading.report(proxy.field.along('node', 'id'), 'the name of a version');
  return { proxy, version: version ?? '', outbound, inbound, streams };
}

/** Returns true if a listener speaks HTTP: a server that passes the TLS of an application on doesn't. */
function hasManager(listener: Field): boolean {
  return JSON.stringify(listener.value).includes('"envoy.filters.network.http_connection_manager"');
}

function isRequests(protocol: string): boolean {
  return protocol === 'http' || protocol === 'http2' || protocol === 'grpc';
}

/** Returns the version of a proxy by its id, or the only version. */
function versionOf({ namespace, name, spec }: KnownService, { id }: ReadProxy): string | undefined {
  const versions = Object.keys(spec.versions ?? {});
  const [only] = versions;
  if (versions.length === 1) return only;
  const named = versions.filter((version) => {
    const start = `${namespace}-${name}-${version}-`;
    return id.startsWith(start) || start.startsWith(id.slice(0, -9));
  });
  return named.length === 1 ? named[0] : named.find((one) => id.startsWith(`${namespace}-${name}-${one}-`));
}

/** Returns the endpoints of a service by version. */
export function endpointsOf(
  reading: Reading,
  { known, instances }: ReadService,
  { named, streams }: Pick<EndpointPlace, 'named' | 'streams'>,
): Readonly<Record<string, readonly Endpoint[]>> | undefined {
  const declared: Readonly<Record<string, readonly unknown[]>> = known.spec.endpoints ?? {};
  if (instances.length === 0 && Object.keys(declared).length === 0) return undefined;
  const versions = [...new Set([...Object.keys(declared), ...instances.map(({ version }) => version)])];
  return Object.fromEntries(
    versions.map((version) => [
      version,
      sorted(instances.filter((one) => one.version === version)).map((instance, position) =>
        endpointOf(reading, known, instance, {
          position,
          facts: declared[version]?.[position],
          named,
          streams,
          version,
        }),
      ),
    ]),
  );
}

/** Instances in the order of their positions, which end their ids. */
function sorted(instances: readonly ReadInstance[]): readonly ReadInstance[] {
  const position = ({ proxy }: ReadInstance): number => Number(/-(\d+)$/.exec(proxy.id)?.[1] ?? 0);
  return [...instances].sort((one, other) => position(one) - position(other));
}

interface EndpointPlace {
  readonly position: number;
  /** The facts that a registry has of the instance: its name, zone and cluster. */
  readonly facts: unknown;
  /** Addresses of clusters by version and port, where listeners have no address of their own. */
  readonly named: ReadonlyMap<string, readonly string[]>;
  readonly streams: readonly ReadStream[];
  readonly version: string;
}

function endpointOf(
  reading: Reading,
  known: KnownService,
  { proxy, outbound, inbound }: ReadInstance,
  { position, facts, named, streams, version }: EndpointPlace,
): Endpoint {
  const { name, zone, cluster } = (typeof facts === 'object' ? facts : {}) as Exclude<Endpoint, string>;
  const apps = inbound.map((one): readonly [string, string] => [
    one.port,
    appOf(reading, known, proxy, one, facts),
  ]);
  const addresses = inbound.map((one): readonly [string, string] => [
    one.port,
    one.address.startsWith('0.0.0.0:') || one.address.startsWith('127.0.0.1:')
      ? (named.get(`${version} ${one.port}`)?.[position] ?? one.address)
      : one.address,
  ]);
  const tcp = streams
    .filter((one) => one.proxy === proxy.id)
    .map(({ id, port, address }) => [`${id}:${port}`, address] as const);
  return {
    ...(name !== undefined && { name }),
    ...(apps.length > 0 && { app: Object.fromEntries(apps), inbound: Object.fromEntries(addresses) }),
    ...(outbound && { outbound: outbound.address }),
    admin: proxy.admin,
    ...(tcp.length > 0 && { tcp: Object.fromEntries(tcp) }),
    ...(zone !== undefined && { zone }),
    ...(cluster !== undefined && { cluster }),
  };
}

/** Returns the address of the application: the listener says it, or the cluster of the proxy. */
function appOf(
  reading: Reading,
  { ports }: KnownService,
  { clusters }: ReadProxy,
  inbound: ReadInbound,
  facts: unknown,
): string {
  const { app, port, field } = inbound;
  if (app !== undefined) return app;
  const cluster = [...clusters].find(
    ([name]) => name.startsWith(`app/${port}/`) || (name.startsWith('app/') && name.endsWith(`/${port}`)),
  )?.[1];
  const address = cluster && readApp(reading, cluster, false).address;
  if (address !== undefined) return address;
  const own = ports.find(({ name }) => name === port);
  const { app: written } = (typeof facts === 'object' ? facts : { app: facts }) as {
    app?: string | Readonly<Record<string, string>>;
  };
  const registered = typeof written === 'string' ? written : written?.[port];
  const unusedApp = registered ?? inbound.address.replace(/\d+$/, String(own?.targetPort ?? 1));
  // Connections never reach an application behind a listener that closes them all.
  if (!JSON.stringify(field.value).includes('"cluster"') && inbound.manager === undefined) return unusedApp;
  reading.report(field, 'the address of the application');
  return unusedApp;
}
