import type { Gateway, Listener, VirtualHost } from '../../../ir/gateway.ts';
import type { Backend, Route } from '../../../ir/route.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { Lowering } from '../context.ts';
import type { GatewayRouteSpec } from '../crds/app-mesh.gen.ts';
import { backend, destinationsOf } from '../nodes/backends.ts';
import { object } from '../object.ts';
import { routerObjects } from '../routes/virtual-routers.ts';
import { isOpen } from './open.ts';

const gatewayLabel = 'meshwright.dev/gateway';

/** A hostname of a port of a gateway. */
interface Door {
  readonly listener: Listener;
  readonly host: VirtualHost;
}

/**
 * Returns the virtual gateways of a mesh. A hostname leads to a virtual service of its own, whose router has the rules:
 * a route of a gateway has neither weights nor retries.
 */
export function virtualGateways(lowering: Lowering): readonly ObjectArtifact[] {
  return Object.values(lowering.ir.gateways).flatMap((gateway) => {
    const doors = doorsOf(gateway);
    return doors.length === 0 ? [] : gatewayObjects(gateway, doors, lowering);
  });
}

/** Returns the hostnames of a gateway by the port of their listeners, most specific first. */
function doorsOf(gateway: Gateway): readonly Door[] {
  if (gateway.type !== 'ingress' || !isOpen(gateway)) return [];
  const doors = gateway.listeners
    .filter(({ protocol, httpsRedirect }) => protocol === 'http' && !httpsRedirect)
    .flatMap((listener) => listener.virtualHosts.map((host) => ({ listener, host })));
  return doors.toSorted((one, other) => rankOf(other) - rankOf(one));
}

/** Exact names come first, then longer suffixes. */
function rankOf({ host: { hostname } }: Door): number {
  return hostname.startsWith('*') ? hostname.length : 1000 + hostname.length;
}

function gatewayObjects(
  gateway: Gateway,
  doors: readonly Door[],
  lowering: Lowering,
): readonly ObjectArtifact[] {
  const { namespace, name, id, workload, origin } = gateway;
  const from = `Gateway/${id}`;
  const labels = { [gatewayLabel]: name };
  const exposed = (route: Route): Route => exposedRoute(route, namespace, lowering.ir);
  const tls = backend(
    gateway,
    workload.principal,
    doors.flatMap(({ host }) => destinationsOf(host.route, lowering.ir)),
    lowering,
  ).virtualService.clientPolicy;
  const numbers = [...new Set(doors.map(({ listener }) => listener.port))].sort((one, other) => one - other);
  return [
    object({
      kind: 'VirtualGateway',
      namespace,
      name,
      from,
      origins: [origin],
      spec: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        gatewayRouteSelector: { matchLabels: labels },
        podSelector: { matchLabels: workload.labels },
        listeners: numbers.map((port) => ({ portMapping: { port, protocol: 'http' } })),
        ...(tls && { backendDefaults: { clientPolicy: tls } }),
      },
    }),
    ...doors.flatMap(({ listener, host }, priority) => {
      const head = {
        namespace,
        name: objectName(name, `p${String(listener.port)}`, labelOf(host.hostname)),
        from,
        origins: [host.origin],
      };
      const number = listener.port;
      return [
        object({
          kind: 'GatewayRoute',
          ...head,
          labels,
          spec: { priority: Math.min(priority, 1000), httpRoute: routeTo(head, host.hostname, number) },
        }),
        ...routerObjects(
          { ...head, host: `${head.name}.${namespace}.gateway.internal` },
          [{ name: 'http', number, http: true, protocol: 'http', route: exposed(host.route) }],
          lowering,
        ),
      ];
    }),
  ];
}

/** Returns a route whose backends the namespace of the gateway may see; others are no service, as none would be. */
function exposedRoute(route: Route, namespace: string, { services }: Lowering['ir']): Route {
  const isHidden = ({ service }: Backend): boolean => {
    const exposeTo = services[service]?.exposeTo ?? 'all';
    return exposeTo !== 'all' && !exposeTo.includes(namespace);
  };
  return {
    ...route,
    rules: route.rules.map((rule) =>
      rule.action.type !== 'forward' || !rule.action.backends.some(isHidden)
        ? rule
        : {
            ...rule,
            action: {
              ...rule.action,
              backends: rule.action.backends.map((one) =>
                isHidden(one) ? { ...one, service: hidden } : one,
              ),
            },
          },
    ),
  };
}

/** No id of a service: a share of it goes nowhere. */
const hidden = '';

/** Returns a part of a name for a hostname; a `*` has no place in names, and a suffix is no host. */
function labelOf(hostname: string): string {
  if (hostname === '*') return 'any';
  return hostname.startsWith('*.') ? `suffix.${hostname.slice(2)}` : `host.${hostname}`;
}

/** Returns a route that leaves host and path as they come: by default App Mesh replaces both. */
function routeTo(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  hostname: string,
  port: number,
): NonNullable<GatewayRouteSpec['httpRoute']> {
  return {
    match: {
      prefix: '/',
      port,
      ...(hostname !== '*' && {
        hostname: hostname.startsWith('*.') ? { suffix: hostname.slice(1) } : { exact: hostname },
      }),
    },
    action: {
      target: { virtualService: { virtualServiceRef: { namespace, name } }, port },
      rewrite: {
        hostname: { defaultTargetHostname: 'DISABLED' },
        prefix: { defaultPrefix: 'DISABLED' },
      },
    },
  };
}
