import type { Access } from './access.ts';
import type { Authentication } from './authentication.ts';
import type { PathMatch } from './match.ts';
import type { Node } from './node.ts';
import type { Principal } from './principal.ts';
import type { Route } from './route.ts';
import type { ServiceId } from './service-id.ts';
import type { Settings } from './settings.ts';
import type { ServiceTelemetry } from './telemetry.ts';

export type Protocol = 'http' | 'http2' | 'grpc' | 'tls' | 'tcp' | 'mongo' | 'mysql' | 'postgres' | 'redis';

/** Certificates of callers: required, accepted, or not used. */
export type MtlsMode = 'strict' | 'permissive' | 'disabled';

/** TLS that the application of a port speaks itself: whoever hands it a call starts it. */
export interface PortTls extends Node {
  readonly sni: string;
  /** Names of which the certificate carries one; at least one. */
  readonly subjectAltNames: readonly string[];
  /** Absent: the system's certificate authorities. */
  readonly ca?: { readonly type: 'file' | 'secret'; readonly name: string };
}

/** A port of a service. `http` is true if its protocol is http, http2 or grpc. */
export interface Port extends Node {
  readonly name: string;
  readonly number: number;
  readonly targetPort: number;
  readonly protocol: Protocol;
  readonly http: boolean;
  /** The mode of the port; absent: that of its service (`mtlsOf`). */
  readonly mtls?: MtlsMode;
  /** Absent: the application speaks plain text. */
  readonly tls?: PortTls;
  /** TLS that callers of another revision start towards the application, while they go over to this one or from it. */
  readonly passedTls?: PortTls;
  /** The Route of calls inside the mesh to this port, or the implicit one (`implicit: true`). */
  readonly route: Route;
}

/** An IP address or host name and a port. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** One running copy of a service version, with the addresses of its proxy. */
export interface Instance extends Node {
  /** DNS label, unique in the mesh: `<namespace>-<service>-<version>-<position>`, shortened with a digest beyond 63. */
  readonly id: string;
  /** Addresses of the application, by port name; empty for a pure caller. */
  readonly app: Readonly<Record<string, Address>>;
  /** Addresses at which its proxy takes calls, by port name; several ports may share no address. */
  readonly inbound: Readonly<Record<string, Address>>;
  /** Address at which its proxy takes the application's HTTP calls: `Host` picks service and port. */
  readonly outbound: Address;
  /** Addresses at which its proxy takes the application's other calls, by `<service id>:<port name>`. */
  readonly outboundTcp: Readonly<Record<string, Address>>;
  readonly admin: Address;
  readonly zone?: string;
  readonly cluster?: string;
}

/** A version of a service; `instances` is absent where a registry knows them (no `endpoints` declared). */
export interface Version extends Node {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly instances?: readonly Instance[];
}

/** A declared call: a dependency of the call graph. */
export interface Call extends Node {
  readonly service: ServiceId;
  readonly methods?: readonly string[];
  readonly paths?: readonly PathMatch[];
}

/** A check of instances by their callers; times in milliseconds, counts in a row. */
export interface HealthCheck extends Node {
  /** Name of the port that is asked, whatever port is called. */
  readonly port: string;
  readonly by: { readonly type: 'path'; readonly path: string } | { readonly type: 'grpc' | 'connection' };
  readonly interval: number;
  readonly timeout: number;
  /** Failures that put an instance out. */
  readonly unhealthy: number;
  /** Passes that let it in again. */
  readonly healthy: number;
}

/** A service with everything that applies to it. */
export interface Service extends Node {
  readonly id: ServiceId;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly workload: { readonly labels: Readonly<Record<string, string>>; readonly principal: Principal };
  /** Sorted by number, then name. Empty for a pure caller. */
  readonly ports: readonly Port[];
  /** Sorted by name; at least one. */
  readonly versions: readonly Version[];
  /** Names of the clusters it runs in; all of the mesh's when the spec names none. */
  readonly clusters: readonly string[];
  /** Declared dependencies; `undefined`: none declared, so the service knows everything exposed to its namespace. */
  readonly calls?: readonly Call[];
  /** Namespaces that may see it, its own included; `all`. */
  readonly exposeTo: readonly string[] | 'all';
  readonly mtls: MtlsMode;
  readonly healthCheck?: HealthCheck;
  /** Checks that its proxies answer beside its own: those of another revision, while callers go over to it. */
  readonly otherChecks?: readonly HealthCheck[];
  readonly settings: Settings;
  /** Telemetry of its proxies; absent if it is that of the mesh. */
  readonly telemetry?: ServiceTelemetry;
  readonly access: Access;
  readonly authentication?: Authentication;
  /** Names of the profiles in force, in order of precedence. */
  readonly profiles: readonly string[];
}

/**
 * Returns true if the proxy of a service tells requests apart on a port. Where callers start the application's TLS it
 * sees connections.
 */
export function readsRequests(
  service: Pick<Service, 'mtls'>,
  port: Pick<Port, 'mtls' | 'tls' | 'http'>,
): boolean {
  return port.http && !(port.tls !== undefined && mtlsOf(service, port) === 'disabled');
}

/** Returns the mode of a port of a service. */
export function mtlsOf(service: Pick<Service, 'mtls'>, port: Pick<Port, 'mtls'>): MtlsMode {
  return port.mtls ?? service.mtls;
}
