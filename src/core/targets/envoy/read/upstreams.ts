import { defined, unlessEmpty } from '../../../import/defined.ts';
import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import { isHostPattern } from '../../../import/written-values.ts';
import type { ExternalSpec, Protocol, ServiceSpec } from '../../../spec/types.gen.ts';
import { account } from './account.ts';
import { clusterRest } from './cluster-rest.ts';
import { readClusterSettings } from './cluster-settings.ts';
import { type EndpointAddress, readEndpoints } from './endpoints.ts';
import type { Resource, Resources } from './resources.ts';
import { readUpstreamTls } from './upstream-tls.ts';

/** The namespace of all documents: Envoy has none. */
export const namespace = 'default';

/** A cluster as routes refer to it. */
export interface Upstream {
  /** The name of the Service or External. */
  readonly name: string;
  readonly document: ReadDocument;
}

/** Clusters by the document and by their name; a name is looked up in its own document first. */
export class Upstreams {
  readonly #all: readonly (Resource & { readonly native: string; readonly upstream: Upstream | undefined })[];
  readonly #used = new Set<Upstream>();

  constructor({ clusters, endpoints }: Resources, streams: ReadonlySet<string>) {
    const names = new Set<string>();
    this.#all = clusters.map((one) => {
      const native = one.field.at('name').text() ?? '';
      const upstream = readCluster(one, { native, endpoints, isStream: streams.has(native), names });
      return { ...one, native, upstream };
    });
  }

  /** Returns the cluster of a name; undefined if there is none that calls can reach. */
  find(native: string, from: Resource): Upstream | undefined {
    const named = this.#all.filter((one) => one.native === native);
    const found = (named.find(({ document }) => document === from.document) ?? named[0])?.upstream;
    if (found !== undefined) this.#used.add(found);
    return found;
  }

  /** The Services and Externals. */
  get documents(): readonly ReadDocument[] {
    return this.#all.flatMap(({ upstream }) => upstream?.document ?? []);
  }
}

interface ClusterContext {
  readonly native: string;
  readonly endpoints: readonly Resource[];
  /** True for a cluster that connections are sent to, not requests. */
  readonly isStream: boolean;
  readonly names: Set<string>;
}

function readCluster(
  { field }: Resource,
  { native, endpoints, isStream, names }: ClusterContext,
): Upstream | undefined {
  const type = (field.at('type').text() ?? 'STATIC').toUpperCase();
  const addresses = readEndpoints(field, endpoints, native);
  account(field, clusterRest);
  const tls = readUpstreamTls(field.at('transport_socket'));
  const { settings, isHttp2, healthCheck } = readClusterSettings(field);
  const known = ['STATIC', 'STRICT_DNS', 'LOGICAL_DNS', 'EDS'].includes(type);
  const [first] = addresses;
  if (!known || field.at('cluster_type').isPresent || first === undefined || tls === 'unknown') {
    field.lost({
      callers:
        'the cluster has no instance that the spec can name: routes to it answer 503, and the spec has no service for it',
    });
    return undefined;
  }
  const name = freeName(dnsLabel(native) ?? 'cluster', names);
  const protocol: Protocol = isStream ? 'tcp' : isHttp2 ? 'http2' : 'http';
  if (tls === undefined) {
    const spec: Partial<ServiceSpec> = {
      ports: { [protocol]: { port: first.port } },
      endpoints: { default: [...new Set(addresses.map(textOf))] },
      ...settings,
      ...defined({ healthCheck }),
    };
    return {
      name,
      document: { kind: 'Service', namespace, name, spec, from: [field], beside: `${namespace}/${name}` },
    };
  }
  const spec: Partial<ExternalSpec> = {
    ...externalHosts(name, addresses, tls.sni, field),
    ports: { [protocol]: { port: first.port } },
    tls: tls.spec,
    ...settings,
  };
  return { name, document: { kind: 'External', namespace, name, spec, from: [field] } };
}

function textOf({ host, port }: EndpointAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

/** A host that is an address gets the server name of TLS, or a name that no DNS has. */
function externalHosts(
  name: string,
  addresses: readonly EndpointAddress[],
  sni: string | undefined,
  field: Field,
): Pick<ExternalSpec, 'hosts' | 'addresses'> {
  const hosts = addresses.map(({ host }) => host.toLowerCase());
  const named = [...new Set(hosts.filter((host) => !isIpAddress(host) && isHostPattern(host)))];
  const fixed = [...new Set(hosts.filter(isIpAddress))];
  if (new Set(addresses.map(({ port }) => port)).size > 1)
    field.at('load_assignment').differently({ callers: 'all addresses are called at the port of the first' });
  if (named.length > 0 && fixed.length === 0) return { hosts: named };
  const host = named[0] ?? (sni !== undefined && isHostPattern(sni) ? sni : `${name}.invalid`);
  return { hosts: [host], ...defined({ addresses: unlessEmpty(fixed) }) };
}

/** Returns true for an IP address. */
function isIpAddress(host: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) || host.includes(':');
}

function freeName(base: string, taken: Set<string>): string {
  const wanted = /^[a-z]/.test(base) ? base : `c-${base}`.slice(0, 63);
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted.slice(0, 57)}-${String(count)}`;
  taken.add(name);
  return name;
}
