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
import { egressHeader, egressMark } from './egress-mark.ts';
import { placesOf, speaksTls } from './external-virtual-services.ts';
import { foreignRules, takesAnyHost } from './foreign-backend.ts';
import { meshListener } from './gateways.ts';

/**
 * Returns the objects for egress gateways: what they do with calls (VirtualService), and how callers reach them
 * (DestinationRule). Timeouts and tries are set at the caller's proxy.
 */
export function egress(ir: Ir): readonly Artifact[] {
  return [
    ...Object.values(ir.externals).flatMap((external) => {
      const gateway = external.gateway === undefined ? undefined : ir.gateways[external.gateway];
      return gateway === undefined ? [] : wayOut(gateway, external);
    }),
    ...Object.values(ir.gateways).flatMap((gateway) =>
      gateway.type === 'egress' ? [...anyHost(ir, gateway), wayIn(gateway)] : [],
    ),
  ];
}

function wayOut(gateway: Gateway, external: External): readonly Artifact[] {
  const ways = waysOf(gateway, external);
  return placesOf(external).flatMap(({ name, hosts }) => {
    const served = hosts.filter((host) =>
      ways.some(({ listener }) => listener.hostnames.some((hostname) => covers(hostname, host))),
    );
    if (served.length === 0) return [];
    const to = ({ number }: ExternalPort): RouteDestination => ({
      destination: { host: calledHost(external, hosts[0]), port: { number } },
    });
    const rules = ways
      .filter(({ port }) => carriesRequests(port))
      .map((way) => requests(way, external, ways, to));
    const http = [...rules.map(({ marked }) => marked), ...rules.map(({ called }) => called)];
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

/**
 * Returns routes for calls that another owner's Route forwards to an External, under any host: only the header says
 * where they go.
 */
function anyHost(ir: Ir, gateway: Gateway): readonly Artifact[] {
  const foreign = Object.values(ir.externals).filter(
    (external) =>
      external.gateway === gateway.id &&
      foreignRules(ir, external).length > 0 &&
      takesAnyHost(gateway, external),
  );
  const http = foreign.flatMap((external) => {
    const to = ({ number }: ExternalPort): RouteDestination => ({
      destination: { host: calledHost(external), port: { number } },
    });
    const ways = waysOf(gateway, external);
    return ways
      .filter(({ port }) => carriesRequests(port))
      .map((way) => requests(way, external, ways, to).marked);
  });
  if (http.length === 0) return [];
  return [
    object({
      kind: 'VirtualService',
      namespace: gateway.namespace,
      name: objectName('egress', gateway.name),
      from: `Gateway/${gateway.id}`,
      origins: [gateway.origin, ...foreign.map(({ origin }) => origin)],
      spec: { hosts: ['*'], gateways: [gateway.id], http },
    }),
  ];
}

function waysOf(gateway: Gateway, external: External): readonly Way[] {
  return external.ports.flatMap((port) => {
    const listener = egressListener(gateway, external, port);
    return listener === undefined ? [] : [{ port, listener }];
  });
}

interface Way {
  readonly port: ExternalPort;
  readonly listener: Listener;
}

/**
 * Returns routes for requests. The caller's proxy sends the port that its Route chose in a header; for a call without
 * the header, the port in `Host` distinguishes ports of one listener.
 */
function requests(
  { port, listener }: Way,
  external: External,
  ways: readonly Way[],
  to: (port: ExternalPort) => RouteDestination,
): { readonly marked: HttpRoute; readonly called: HttpRoute } {
  const shares =
    ways.filter((other) => other.listener === listener && carriesRequests(other.port)).length > 1;
  const at = { port: listener.port };
  const dialled = { ...at, authority: { regex: `.*:${quoteRegex(String(port.number))}` } };
  const isDefault = defaultPort<ExternalPort>(external.ports) === port;
  const match = !shares ? [at] : isDefault ? [dialled, { ...at, authority: { regex: '[^:]*' } }] : [dialled];
  const name = `${external.id}:${port.name}`;
  const rule = {
    headers: { request: { remove: [egressHeader] } },
    route: [to(port)],
    retries: { attempts: 0 },
  };
  const marked = { ...at, headers: { [egressHeader]: { exact: egressMark(external, port) } } };
  return { marked: { name, match: [marked], ...rule }, called: { name, match, ...rule } };
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
        // The settings of a port replace all settings of the level above.
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
