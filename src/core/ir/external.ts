import type { Node } from './node.ts';
import type { PrincipalMatch } from './principal.ts';
import type { Port } from './service.ts';
import type { ServiceId } from './service-id.ts';
import type { Settings } from './settings.ts';

/** TLS that the proxy starts towards an External. */
export interface ExternalTls extends Node {
  /** By default the first host; if there are several hosts, or a `*.`, the host of the call. */
  readonly sni: string;
  /** By default the first host, as for `sni`. */
  readonly subjectAltNames: readonly string[];
  /** If absent, the system's certificate authorities. */
  readonly ca?: { readonly type: 'file' | 'secret'; readonly name: string };
  readonly clientCertificate?: { readonly type: 'secret'; readonly name: string };
}

/**
 * A port of an External. With `tls` the application itself speaks TLS, and the proxy forwards the connection by SNI.
 */
export interface ExternalPort extends Port {
  readonly applicationTls: boolean;
}

/** Hosts outside the mesh that proxies may call. */
export interface External extends Node {
  readonly id: ServiceId;
  readonly namespace: string;
  readonly name: string;
  /** Lower case DNS names, also of the form `*.suffix`. */
  readonly hosts: readonly string[];
  /** Fixed addresses; if empty, the host is resolved by DNS. */
  readonly addresses: readonly string[];
  readonly ports: readonly ExternalPort[];
  readonly tls?: ExternalTls;
  /** Callers that may call the External; other callers don't know its hosts. If absent, all may. */
  readonly from?: readonly PrincipalMatch[];
  /** The egress gateway through which calls go. */
  readonly gateway?: ServiceId;
  readonly settings: Settings;
}
