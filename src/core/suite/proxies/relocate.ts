import type { Authentication } from '../../ir/authentication.ts';
import type { External, ExternalTls } from '../../ir/external.ts';
import type { Gateway, Listener } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Address, Instance, Port, Service, Version } from '../../ir/service.ts';
import type { Settings } from '../../ir/settings.ts';
import { sha256 } from '../../lib/sha256.ts';

/** The machine on which a mesh is to run for tests. */
export interface TestMachine {
  /** The beginning of its addresses, such as `127.7.`. */
  readonly network: string;
  /** The file (PEM) with the authority of applications that speak TLS themselves. */
  readonly applicationsCa: string;
  /** The file (PEM) with the authority of clients of gateways. */
  readonly clientsCa: string;
  /** The key set with which every issuer's tokens are checked. */
  readonly keySet: string;
}

/** Addresses of a network in turn. */
type NextHost = () => string;

/**
 * Returns a mesh that means the same and runs on one machine: every instance, gateway and External has an address of its
 * own in a loopback network, a version without endpoints one instance. Telemetry, health checks, ejections, external
 * authorization and shared limits are off, since they need servers that a test doesn't have; tokens and certificates are
 * those of the run.
 */
export function relocate(ir: Ir, machine: TestMachine): Ir {
  const nextHost = hosts(machine.network);
  return {
    ...ir,
    telemetry: { metricLabels: [] },
    services: mapped(ir.services, (service) => relocatedService(service, ir, nextHost, machine)),
    externals: mapped(ir.externals, (external) => relocatedExternal(external, nextHost, machine)),
    gateways: mapped(ir.gateways, (gateway) => relocatedGateway(gateway, nextHost, machine)),
  };
}

/** Returns a function that returns one address after the other: 250 in each of 250 networks. */
function hosts(network: string): NextHost {
  let count = 0;
  return () => {
    count += 1;
    return `${network}${String(1 + Math.floor(count / 250))}.${String(1 + (count % 250))}`;
  };
}

function relocatedService(service: Service, ir: Ir, nextHost: NextHost, machine: TestMachine): Service {
  const { healthCheck: _, otherChecks: __, telemetry: ___, authentication, ...rest } = service;
  return {
    ...rest,
    ports: service.ports.map((port) => relocatedPort(port, machine)),
    versions: service.versions.map((version) => relocatedVersion(version, service, ir, nextHost)),
    settings: withoutServers(service.settings),
    ...relocatedTokens(authentication, machine),
  };
}

function relocatedPort(port: Port, { applicationsCa }: TestMachine): Port {
  const { passedTls: _, tls, ...rest } = port;
  return tls === undefined ? rest : { ...rest, tls: { ...tls, ca: { type: 'file', name: applicationsCa } } };
}

function relocatedVersion(version: Version, service: Service, ir: Ir, nextHost: NextHost): Version {
  const instances = version.instances ?? [undefined];
  return {
    ...version,
    instances: instances.map((instance) => relocatedInstance(instance, version, service, ir, nextHost())),
  };
}

function relocatedInstance(
  instance: Instance | undefined,
  version: Version,
  { id, ports }: Service,
  ir: Ir,
  host: string,
): Instance {
  const at = (base: number): Readonly<Record<string, Address>> =>
    Object.fromEntries(ports.map(({ name }, index) => [name, { host, port: base + index }]));
  const streams = [...new Set([...Object.keys(instance?.outboundTcp ?? {}), ...streamPorts(ir)])];
  return {
    origin: version.origin,
    id: `t-${sha256(`${id}/${version.name}/${instance?.id ?? ''}`).slice(0, 24)}`,
    ...(instance?.zone !== undefined && { zone: instance.zone }),
    ...(instance?.cluster !== undefined && { cluster: instance.cluster }),
    app: at(20_000),
    inbound: at(16_000),
    outbound: { host, port: 15_001 },
    outboundTcp: Object.fromEntries(streams.map((name, index) => [name, { host, port: 30_000 + index }])),
    admin: { host, port: 15_000 },
  };
}

/** The most ports that aren't HTTP for which each proxy gets an address. */
const mostStreams = 200;

/** Returns the ports of a mesh that aren't HTTP as `<service id>:<port name>`; none if there are very many. */
function streamPorts({ services, externals }: Ir): readonly string[] {
  const found = [...Object.values(services), ...Object.values(externals)].flatMap(({ id, ports }) =>
    ports.filter(({ http }) => !http).map(({ name }) => `${id}:${name}`),
  );
  return found.length > mostStreams ? [] : found;
}

function relocatedExternal(external: External, nextHost: NextHost, machine: TestMachine): External {
  const { tls } = external;
  return {
    ...external,
    addresses: [nextHost()],
    ports: external.ports.map((port, index) => ({ ...port, targetPort: 20_000 + index })),
    settings: withoutServers(external.settings),
    ...(tls && { tls: relocatedTls(tls, machine) }),
  };
}

function relocatedTls(tls: ExternalTls, { applicationsCa }: TestMachine): ExternalTls {
  const { clientCertificate: _, ...rest } = tls;
  return { ...rest, ca: { type: 'file', name: applicationsCa } };
}

function relocatedGateway(gateway: Gateway, nextHost: NextHost, machine: TestMachine): Gateway {
  const { authentication, ...rest } = gateway;
  const host = nextHost();
  return {
    ...rest,
    listeners: gateway.listeners.map((listener) => relocatedListener(listener, machine)),
    instances: [
      {
        origin: gateway.origin,
        id: `t-${sha256(`gateway ${gateway.id}`).slice(0, 24)}`,
        host,
        admin: { host, port: 15_000 },
      },
    ],
    ...relocatedTokens(authentication, machine),
  };
}

function relocatedListener(listener: Listener, { clientsCa }: TestMachine): Listener {
  const { tls } = listener;
  if (tls === undefined) return listener;
  const { clientCertificates } = tls;
  return {
    ...listener,
    tls: {
      ...tls,
      certificate: { type: 'issued' },
      ...(clientCertificates && {
        clientCertificates: { ...clientCertificates, ca: { type: 'file', name: clientsCa } },
      }),
    },
  };
}

function relocatedTokens(
  authentication: Authentication | undefined,
  { keySet }: TestMachine,
): { readonly authentication?: Authentication } {
  if (authentication === undefined) return {};
  const { externalAuthorization: _, ...rest } = authentication;
  const issuers = rest.issuers.map((issuer) => ({
    ...issuer,
    jwks: { type: 'inline', text: keySet } as const,
  }));
  return { authentication: { ...rest, issuers } };
}

function withoutServers(settings: Settings): Settings {
  const { outlierDetection: _, rateLimit, ...rest } = settings;
  return { ...rest, ...(rateLimit && { rateLimit: { ...rateLimit, scope: 'instance' } }) };
}

function mapped<T>(
  record: Readonly<Record<string, T>>,
  change: (value: T) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
