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

/** TLS that the application of a port speaks itself: the side that calls the application starts it. */
export interface PortTls extends Node {
  readonly sni: string;
  /** Names of which the certificate must have one; at least one. */
  readonly subjectAltNames: readonly string[];
  /** If absent, the system's certificate authorities. */
  readonly ca?: { readonly type: 'file' | 'secret'; readonly name: string };
}

/** A port of a service. `http` is true if its protocol is http, http2 or grpc. */
export interface Port extends Node {
  readonly name: string;
  readonly number: number;
  readonly targetPort: number;
  readonly protocol: Protocol;
  readonly http: boolean;
  /** The mode of the port; if absent, the mode of its service (`mtlsOf`). */
  readonly mtls?: MtlsMode;
  /** Absent if the application speaks plain text. */
  readonly tls?: PortTls;
  /**
   * TLS that callers of another revision start towards the application, while callers change between that revision and
   * this one.
   */
  readonly passedTls?: PortTls;
  /** The Route of calls inside the mesh to this port; `implicit` if no document has one. */
  readonly route: Route;
}

/** An IP address or host name and a port. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** One running instance of a service version, with the addresses of its proxy. */
export interface Instance extends Node {
  /**
   * A DNS label, unique in the mesh: `<namespace>-<service>-<version>-<position>`; beyond 63 characters it is shortened
   * and gets a digest.
   */
  readonly id: string;
  /** Addresses of the application, by port name; empty for a service that only calls. */
  readonly app: Readonly<Record<string, Address>>;
  /** Addresses at which its proxy accepts calls, by port name; no two ports share an address. */
  readonly inbound: Readonly<Record<string, Address>>;
  /** The address at which its proxy accepts the application's HTTP calls; `Host` chooses service and port. */
  readonly outbound: Address;
  /** Addresses at which its proxy accepts the application's other calls, by `<service id>:<port name>`. */
  readonly outboundTcp: Readonly<Record<string, Address>>;
  readonly admin: Address;
  readonly zone?: string;
  readonly cluster?: string;
}

/**
 * A version of a service. `instances` is absent if the spec declares no `endpoints`, so that only a registry knows
 * them.
 */
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

/** A check of instances by their callers. Times are in milliseconds, thresholds are consecutive checks. */
export interface HealthCheck extends Node {
  /** Name of the port that is checked, whichever port is called. */
  readonly port: string;
  readonly by: { readonly type: 'path'; readonly path: string } | { readonly type: 'grpc' | 'connection' };
  readonly interval: number;
  readonly timeout: number;
  /** The number of failures that remove an instance. */
  readonly unhealthy: number;
  /** The number of passes that bring an instance back. */
  readonly healthy: number;
}

/** A service with everything that applies to it. */
export interface Service extends Node {
  readonly id: ServiceId;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly workload: { readonly labels: Readonly<Record<string, string>>; readonly principal: Principal };
  /** Sorted by number, then name. Empty for a service that only calls. */
  readonly ports: readonly Port[];
  /** Sorted by name; at least one. */
  readonly versions: readonly Version[];
  /** Names of the clusters that the service runs in; all clusters of the mesh if the spec names none. */
  readonly clusters: readonly string[];
  /** Declared dependencies. If `undefined`, the service may call all services exposed to its namespace. */
  readonly calls?: readonly Call[];
  /** Namespaces that may call the service, including its own; or `all`. */
  readonly exposeTo: readonly string[] | 'all';
  readonly mtls: MtlsMode;
  readonly healthCheck?: HealthCheck;
  /** Checks that its proxies answer in addition to its own, for callers of another revision while they change over. */
  readonly otherChecks?: readonly HealthCheck[];
  readonly settings: Settings;
  /** The telemetry of its proxies; absent if it is the mesh's. */
  readonly telemetry?: ServiceTelemetry;
  readonly access: Access;
  readonly authentication?: Authentication;
  /** Names of the profiles in force, in order of precedence. */
  readonly profiles: readonly string[];
}

/**
 * Returns true if the proxy of a service sees single requests on a port. If callers start the application's TLS, the
 * proxy sees only connections.
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
