import type { External, ExternalPort } from '../../../ir/external.ts';
import type { Gateway, Listener } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import { carriesRequests, defaultPort } from '../../../semantics/port.ts';
import type { Artifact } from '../../artifact.ts';
import { hostOf } from '../../kubernetes-objects/host.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { HttpRoute, RouteDestination, TrafficPolicy } from '../crds/parts.ts';
import { object } from '../object.ts';
import { calledHost } from './destination.ts';
import { covers, egressListener } from './egress-listener.ts';
import { placesOf, speaksTls } from './external-virtual-services.ts';
import { meshListener } from './gateways.ts';

/**
 * The second half of the way out through egress gateways: what these do with calls (VirtualService), and how they are
 * reached (DestinationRule). Time and tries are counted where the call comes from.
 */
export function egress(ir: Ir): readonly Artifact[] {
  return [
    ...Object.values(ir.externals).flatMap((external) => {
      const gateway = external.gateway === undefined ? undefined : ir.gateways[external.gateway];
      return gateway === undefined ? [] : wayOut(gateway, external);
    }),
    ...Object.values(ir.gateways).flatMap((gateway) => (gateway.type === 'egress' ? [wayIn(gateway)] : [])),
  ];
}

function wayOut(gateway: Gateway, external: External): readonly Artifact[] {
  return placesOf(external).flatMap(({ name, hosts }) => {
    const ways = external.ports.flatMap((port) => {
      const listener = egressListener(gateway, external, port);
      return listener === undefined ? [] : [{ port, listener }];
    });
    const served = hosts.filter((host) =>
      ways.some(({ listener }) => listener.hostnames.some((hostname) => covers(hostname, host))),
    );
    if (served.length === 0) return [];
    const to = ({ number }: ExternalPort): RouteDestination => ({
      destination: { host: calledHost(external, hosts[0]), port: { number } },
    });
    const http = ways
      .filter(({ port }) => carriesRequests(port))
      .flatMap((way) => requests(way, external, ways, to));
    const tls = ways
      .filter(({ port }) => speaksTls(port))
      .map(({ port, listener }) => ({
        match: [{ port: listener.port, sniHosts: served }],
        route: [to(port)],
      }));
    const tcp = ways
      .filter(({ port }) => !carriesRequests(port) && !speaksTls(port))
      .map(({ port, listener }) => ({ match: [{ port: listener.port }], route: [to(port)] }));
    return [
      object({
        kind: 'VirtualService',
        namespace: gateway.namespace,
        name: objectName('egress', gateway.name, external.namespace, name),
        from: `External/${external.id}`,
        origins: [external.origin, gateway.origin],
        spec: {
          hosts: served,
          gateways: [gateway.id],
          ...(http.length > 0 && { http }),
          ...(tls.length > 0 && { tls }),
          ...(tcp.length > 0 && { tcp }),
        },
      }),
    ];
  });
}

interface Way {
  readonly port: ExternalPort;
  readonly listener: Listener;
}

/** Where ports share a listener the port in `Host` tells them apart, as it did where the call comes from. */
function requests(
  { port, listener }: Way,
  external: External,
  ways: readonly Way[],
  to: (port: ExternalPort) => RouteDestination,
): readonly HttpRoute[] {
  const shares =
    ways.filter((other) => other.listener === listener && carriesRequests(other.port)).length > 1;
  const at = { port: listener.port };
  const dialled = { ...at, authority: { regex: `.*:${quoteRegex(String(port.number))}` } };
  const isDefault = defaultPort<ExternalPort>(external.ports) === port;
  const match = !shares ? [at] : isDefault ? [dialled, { ...at, authority: { regex: '[^:]*' } }] : [dialled];
  return [{ name: `${external.id}:${port.name}`, match, route: [to(port)], retries: { attempts: 0 } }];
}

function wayIn(gateway: Gateway): Artifact {
  const policy: Pick<TrafficPolicy, 'connectionPool' | 'loadBalancer'> = {
    connectionPool: { tcp: { connectTimeout: '5s', idleTimeout: '3600s' } },
    loadBalancer: { simple: 'LEAST_REQUEST', localityLbSetting: { enabled: false } },
  };
  const passing = gateway.listeners.filter((listener) => !meshListener(gateway, listener));
  return object({
    kind: 'DestinationRule',
    namespace: gateway.namespace,
    name: objectName('gateway', gateway.name),
    from: `Gateway/${gateway.id}`,
    origins: [gateway.origin],
    spec: {
      host: hostOf(gateway.id),
      trafficPolicy: {
        ...policy,
        tls: { mode: 'ISTIO_MUTUAL' },
        // What stands at a port replaces all that stands above.
        ...(passing.length > 0 && {
          portLevelSettings: passing.map(({ port }) => ({
            port: { number: port },
            ...policy,
            tls: { mode: 'DISABLE' },
          })),
        }),
      },
    },
  });
}
