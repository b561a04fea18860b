import type { Access } from './access.ts';
import type { Authentication } from './authentication.ts';
import type { Node } from './node.ts';
import type { Principal } from './principal.ts';
import type { Route } from './route.ts';
import type { Address } from './service.ts';
import type { ServiceId } from './service-id.ts';

/** TLS that ends at a listener. */
export interface ListenerTls extends Node {
  readonly certificate:
    | { readonly type: 'secret'; readonly name: string }
    | { readonly type: 'files'; readonly certificate: string; readonly key: string }
    | { readonly type: 'issued' };
  readonly minVersion: '1.2' | '1.3';
  readonly clientCertificates?: {
    readonly ca: { readonly type: 'file' | 'secret'; readonly name: string };
    readonly required: boolean;
  };
}

/**
 * The rules for one hostname of a listener. Only the most specific hostname that fits decides (exact, then the longest
 * `*.`, then `*`). `route.rules` are the rules of its Routes in order of priority.
 */
export interface VirtualHost extends Node {
  /** Lower case; `*`, `*.suffix` (one or more labels) or exact. */
  readonly hostname: string;
  readonly route: Route;
}

/**
 * The source of the client's address if it isn't the peer of the connection: the header of the PROXY protocol, or an
 * entry of `x-forwarded-for`, `hops` from its end.
 */
export type ClientAddress =
  | { readonly type: 'proxyProtocol' }
  | { readonly type: 'forwarded'; readonly hops: number };

export interface Listener extends Node {
  readonly name: string;
  readonly port: number;
  readonly protocol: 'http' | 'https' | 'tls' | 'tcp';
  /** Lower case, `*` for all. */
  readonly hostnames: readonly string[];
  /** True if every request is answered with 301 to https. */
  readonly httpsRedirect: boolean;
  /** If absent, the peer of the connection. */
  readonly clientAddress?: ClientAddress;
  /** Present exactly when the protocol is https. */
  readonly tls?: ListenerTls;
  /** Most specific hostname first. On `tcp` at most one, with hostname `*`; on `tls` hostnames are SNI. */
  readonly virtualHosts: readonly VirtualHost[];
}

/** A running copy of a gateway: it listens at `host`, on the ports of its listeners. */
export interface GatewayInstance extends Node {
  readonly id: string;
  readonly host: string;
  readonly admin: Address;
}

export interface Gateway extends Node {
  /** `namespace/name`. */
  readonly id: ServiceId;
  readonly namespace: string;
  readonly name: string;
  readonly type: 'ingress' | 'egress';
  readonly workload: { readonly labels: Readonly<Record<string, string>>; readonly principal: Principal };
  /** Sorted by name. */
  readonly listeners: readonly Listener[];
  readonly instances?: readonly GatewayInstance[];
  readonly access: Access;
  readonly authentication?: Authentication;
}
