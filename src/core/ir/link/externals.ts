import { defineMessages, finding } from '../../diagnostics/message.ts';
import { originOf } from '../../location.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type { ExternalDocument, ExternalTls as WrittenTls } from '../../spec/types.gen.ts';
import type { External, ExternalPort, ExternalTls } from '../external.ts';
import type { Route } from '../route.ts';
import type { ServiceId } from '../service-id.ts';
import type { Destination } from './destinations.ts';
import { implicitRoute } from './implicit-route.ts';
import type { Linking } from './linking.ts';
import { caOf, secretName } from './listener-tls.ts';
import { gatewayId } from './names.ts';
import { hasProtocol } from './ports.ts';
import { principalMatches } from './principals.ts';
import { keyLocationOf, locationOf, originOfWritten } from './spec-place.ts';

export const messages = defineMessages({
  MESH2130: {
    severity: 'error',
    text: 'the port {port} speaks {protocol}, so the External needs `addresses`',
    explanation:
      'A call that is neither HTTP nor TLS does not name its host, so the proxy has to connect to fixed addresses.',
  },
  MESH2131: {
    severity: 'error',
    text: 'the application speaks TLS itself on the port {port}, and the proxy would start TLS as well',
    explanation:
      '`tls` of the External makes the proxy start TLS on all its ports. Take it out, or `tls: true` (the protocol tls) of the port, or declare two Externals.',
  },
  MESH2132: {
    severity: 'error',
    text: 'Gateway {gateway} is not an egress gateway',
    explanation: 'Calls to an External leave through a Gateway of `type: egress`; others take calls in.',
  },
  MESH2133: {
    severity: 'error',
    text: 'the port {port} speaks {protocol}, and `tls: true` says that the application speaks TLS there',
    explanation:
      'What an application sends in TLS cannot be seen as HTTP. Give the port the protocol tls, or take `tls: true` out.',
  },
  MESH2269: {
    severity: 'error',
    text: 'the External has the host {host}, so its port {port} can have no `targetPort`',
    explanation:
      'The destination of a `*.` host is found by the name and port of each call, and a port in the `Host` would win over `targetPort`. Declare another External with the exact hosts, or call the port where it listens.',
  },
});

/** Returns an External with its Routes. */
export function externalOf(
  linking: Linking,
  external: SpecObject<ExternalDocument>,
  destination: Destination,
  routes: ReadonlyMap<string, Route>,
): External {
  const { spec } = external.value;
  const { id, namespace, settings } = destination;
  const gateway = egressGateway(linking, external);
  return {
    origin: originOf(external.location),
    id,
    namespace,
    name: external.name,
    hosts: spec.hosts,
    addresses: spec.addresses ?? [],
    ports: portsOf(linking, external, destination, routes),
    ...(spec.tls && { tls: tlsOf(spec.tls, spec.hosts, namespace) }),
    ...(spec.from && { from: principalMatches(linking, spec.from, namespace) }),
    ...(gateway !== undefined && { gateway }),
    settings,
  };
}

function portsOf(
  linking: Linking,
  external: SpecObject<ExternalDocument>,
  destination: Destination,
  routes: ReadonlyMap<string, Route>,
): readonly ExternalPort[] {
  const { spec } = external.value;
  return destination.ports.map((port) => {
    const written = { container: spec.ports, key: port.name };
    const flagged = spec.ports[port.name]?.tls === true;
    const applicationTls = flagged || port.protocol === 'tls';
    const values = { port: port.name, protocol: port.protocol };
    if (needsAddresses(external, port, applicationTls)) {
      linking.report(finding(messages, 'MESH2130', keyLocationOf(written), values));
    }
    if (applicationTls && spec.tls !== undefined) {
      const related = [
        {
          location: keyLocationOf({ container: spec, key: 'tls' }),
          message: 'the TLS that the proxy starts',
        },
      ];
      linking.report(finding(messages, 'MESH2131', keyLocationOf(written), { port: port.name }, { related }));
    }
    const wildcard = spec.hosts.find((host) => host.startsWith('*.'));
    if (wildcard !== undefined && spec.ports[port.name]?.targetPort !== undefined) {
      const at = { container: spec.ports[port.name] ?? {}, key: 'targetPort' };
      linking.report(finding(messages, 'MESH2269', locationOf(at), { host: wildcard, port: port.name }));
    }
    if (flagged && port.http) linking.report(finding(messages, 'MESH2133', keyLocationOf(written), values));
    const route = routes.get(`${destination.id}:${port.name}`) ?? implicitRoute(destination, port);
    return { ...port, route, applicationTls };
  });
}

/** Returns true for calls that name no host; a port without protocol has a finding of its own. */
function needsAddresses(
  { value: { spec } }: SpecObject<ExternalDocument>,
  { name, http }: Destination['ports'][number],
  applicationTls: boolean,
): boolean {
  return !http && !applicationTls && spec.addresses === undefined && hasProtocol(name, spec.ports[name]);
}

function tlsOf(tls: WrittenTls, [host = '']: readonly string[], namespace: string): ExternalTls {
  return {
    origin: originOfWritten({ container: tls }),
    sni: tls.sni ?? host,
    subjectAltNames: tls.subjectAltNames ?? [host],
    ...(tls.ca && { ca: caOf(tls.ca, namespace) }),
    ...(tls.clientCertificate && {
      clientCertificate: { type: 'secret', name: secretName(tls.clientCertificate.secret, namespace) },
    }),
  };
}

function egressGateway(linking: Linking, external: SpecObject<ExternalDocument>): ServiceId | undefined {
  const { spec } = external.value;
  if (spec.gateway === undefined) return undefined;
  const at = { container: spec, key: 'gateway' };
  const id = gatewayId(
    linking.names,
    { name: spec.gateway, namespace: external.namespace, ...at },
    linking.report,
  );
  const gateway = id === undefined ? undefined : linking.names.gateways.get(id);
  if (id === undefined || gateway === undefined || gateway.value.spec.type === 'egress') return id;
  const related = [{ location: gateway.location, message: 'the Gateway' }];
  linking.report(finding(messages, 'MESH2132', locationOf(at), { gateway: id }, { related }));
  return undefined;
}
