import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { idOfHost, type KnownPort, type KnownService } from '../../../import/inventory.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { ExternalSpec, RuleRateLimit } from '../../../spec/types.gen.ts';
import type { AccessParts } from './access-parts.ts';
import type { CheckedTokens } from './token-denies.ts';
import type { Waypoints } from './waypoints.ts';

/** A ServiceEntry as other objects refer to it: by its hosts. */
export interface KnownExternal {
  /** `namespace/name` of the External. */
  readonly id: string;
  readonly hosts: readonly string[];
  readonly ports: readonly { readonly name: string; readonly port: number; readonly isHttp: boolean }[];
  readonly spec: ExternalSpec;
}

/** A server of a Gateway. */
export interface KnownListener {
  readonly name: string;
  readonly port: number;
  /** True if it takes requests; else it takes connections. */
  readonly isHttp: boolean;
  /** The namespaces whose VirtualServices may use all of its hosts. */
  readonly admits: 'all' | readonly string[];
}

/** A Gateway as VirtualServices refer to it. */
export interface KnownGateway {
  /** `namespace/name`. */
  readonly id: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly listeners: readonly KnownListener[];
  /** Ids of other Gateways of the same pods whose servers are among these. */
  readonly aliases?: readonly string[];
}

/** A destination of calls: a service of the mesh, or an External. */
export type Place =
  | {
      readonly type: 'service';
      readonly id: string;
      readonly service?: KnownService;
      /** The port of a guessed service, see `ReadContext.guess`. */
      readonly guessed?: string;
    }
  | { readonly type: 'external'; readonly id: string; readonly external: KnownExternal };

/** The namespace whose objects hold for the whole mesh. */
export const rootNamespace = 'istio-system';

/** The objects that the readers of single kinds look up. */
export class Surroundings {
  readonly context: ReadContext;
  readonly externals: readonly KnownExternal[];
  readonly gateways: readonly KnownGateway[];
  /** Names of versions by service and subset. */
  readonly subsets: ReadonlyMap<string, ReadonlyMap<string, string>>;

  readonly waypoints: Waypoints;
  /** Names of issuers in Authentications, by the `iss` of their tokens. */
  readonly issuers: ReadonlyMap<string, string>;
  /** Tokens by the service (`namespace/name`) or gateway (`gateway namespace/name`) that checks them. */
  readonly tokens = new Map<string, CheckedTokens>();
  /** Services and gateways, as in `tokens`, that refuse requests without a valid token. */
  readonly required = new Set<string>();
  /** Ports (`namespace/name port`) of Externals that speak TLS and that rules of HTTP lead to: the proxy starts TLS there. */
  readonly startedTls = new Set<string>();
  /** Subsets (`namespace/name subset`) whose labels no pod has: calls to them fail. */
  readonly empty: ReadonlySet<string>;
  /** Limits of rules of VirtualServices, by the items of `http`. */
  limits: ReadonlyMap<Field, RuleRateLimit> = new Map();
  /** Conditions of Access that filters note, by place and key. */
  notes: ReadonlyMap<string, AccessParts> = new Map();
  /** Versions by service that are split to and not defined. */
  readonly missing = new Map<string, ReadonlySet<string>>();

  constructor(
    context: ReadContext,
    known: Pick<Surroundings, 'externals' | 'gateways' | 'subsets' | 'empty' | 'issuers' | 'waypoints'>,
  ) {
    this.context = context;
    this.externals = known.externals;
    this.gateways = known.gateways;
    this.subsets = known.subsets;
    this.empty = known.empty;
    this.issuers = known.issuers;
    this.waypoints = known.waypoints;
  }

  /**
   * Returns the destination that a host names: a short name is of the namespace of the object that names it. A host of
   * Kubernetes' DNS without a Service is guessed; undefined for any other host that no ServiceEntry has.
   */
  place(
    field: Field,
    host: string,
    namespace: string,
    guess: { port?: number; protocol: 'http' | 'tls' | 'tcp' },
  ): Place | undefined {
    const external = this.externals.find(({ hosts }) => hosts.includes(host.toLowerCase()));
    if (external !== undefined) return { type: 'external', id: external.id, external };
    const id = idOfHost(host, namespace);
    if (id === undefined) return undefined;
    if (!id.split('/').every(isDnsLabel)) return undefined;
    const service = this.context.inventory.service(id);
    if (service !== undefined) return { type: 'service', id, service };
    if (host.split('.').length === 2 && !this.#isNamespace(host.split('.')[1] ?? '')) return undefined;
    const guessed = this.context.guess(id, guess, field);
    return { type: 'service', id, ...(guessed === undefined ? {} : { guessed }) };
  }

  /** Returns the gateway that a VirtualService names. */
  gateway(name: string, namespace: string): KnownGateway | undefined {
    const id = name.includes('/') ? name : `${namespace}/${name}`;
    return this.gateways.find((gateway) => isNamed(gateway, [id]));
  }

  /** A host of two labels (`example.com`) is a service only if its second label is a known namespace. */
  #isNamespace(name: string): boolean {
    return this.context.inventory.services.some(({ namespace }) => namespace === name);
  }
}

/** Returns true if one of the names (`namespace/name`) is that of a gateway. */
export function isNamed({ id, aliases = [] }: KnownGateway, ids: readonly string[]): boolean {
  return ids.includes(id) || aliases.some((alias) => ids.includes(alias));
}

/** Returns true for a port whose requests can be routed. */
export function isHttpPort({ protocol }: KnownPort): boolean {
  return protocol === 'http' || protocol === 'http2' || protocol === 'grpc';
}
