import type { Gateway, Listener, VirtualHost } from '../../ir/gateway.ts';
import { intersection } from '../../ir/link/hostnames.ts';
import type { Route, Rule } from '../../ir/route.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { objectName } from '../kubernetes-objects/object-name.ts';
import { sectionsOf } from './gateway-listeners.ts';
import { type GatewayLowering, holderOf } from './gateways.ts';
import { arrangedParts, httpRules } from './http-rules.ts';
import { apiGroup, object } from './object.ts';
import type { HttpRule, ParentRef } from './parts.ts';
import { httpRouteObjects } from './route-objects.ts';
import { streamBackends } from './stream-backends.ts';
import { neededServices } from './version-services.ts';

/** Returns the routes for requests that enter by a gateway: one for each hostname of each listener. */
export function gatewayRoutes(gateway: Gateway, lowering: GatewayLowering): readonly ObjectArtifact[] {
  if (lowering.options.gatewayClass === undefined) return [];
  const sections = new Set(sectionsOf(gateway).map(({ of }) => of));
  return [...sections].flatMap((listener) => {
    if (listener.httpsRedirect) return redirecting(gateway, listener);
    return listener.virtualHosts.flatMap((virtualHost, position) =>
      listener.protocol === 'http' || listener.protocol === 'https'
        ? httpRoutes(gateway, listener, virtualHost, position, lowering)
        : streamRoutes(gateway, listener, virtualHost, position, lowering),
    );
  });
}

/** Returns true if some rule of a route takes every request. */
export function takesAll({ rules }: Route): boolean {
  return rules.some(
    ({ matches }) =>
      matches.length === 0 ||
      matches.some(
        ({ path, methods, headers, query, from }) =>
          (path === undefined || (path.type === 'prefix' && path.value === '')) &&
          methods === undefined &&
          from === undefined &&
          headers.length + query.length === 0,
      ),
  );
}

/** Returns true if another hostname of the listener takes requests for this hostname, too. */
export function hasWiderHost({ virtualHosts }: Listener, { hostname }: VirtualHost): boolean {
  return virtualHosts.some(
    ({ hostname: other }) => other !== hostname && intersection(other, hostname) === hostname,
  );
}

/**
 * A last rule without a backend, which takes the requests of no other rule: they would else go by the rules of a wider
 * host.
 */
const closed: HttpRule = { matches: [{ path: { type: 'PathPrefix', value: '/' } }] };

function httpRoutes(
  gateway: Gateway,
  listener: Listener,
  virtualHost: VirtualHost,
  position: number,
  lowering: GatewayLowering,
): readonly ObjectArtifact[] {
  const { hostname, route } = virtualHost;
  const arrival = { port: listener.port, scheme: listener.protocol === 'https' ? 'https' : 'http' } as const;
  const parts = arrangedParts(route.rules, listener.port, lowering.dialect);
  const rules = httpRules(parts, { ...lowering, arrival });
  const isOpen = rules.length === 0 || (hasWiderHost(listener, virtualHost) && !takesAll(route));
  return httpRouteObjects(
    {
      ...headOf(gateway, listener, position, route),
      parentRefs: parentsOf(gateway, listener, hostname),
      ...(hostname !== '*' && { hostnames: [hostname] }),
      ...neededServices(route.rules, lowering),
    },
    isOpen ? [...rules, closed] : rules,
  );
}

function headOf({ namespace, name, id }: Gateway, listener: Listener, position: number, { rules }: Route) {
  return {
    namespace,
    name: [name, listener.name, ...(position === 0 ? [] : [String(position + 1)])],
    from: `Gateway/${id}`,
    origins: [listener.origin, ...rules.map(({ origin }) => origin)],
  };
}

function parentsOf(gateway: Gateway, listener: Listener, hostname: string): readonly ParentRef[] {
  return [...sectionsOf(gateway).entries()].flatMap(([position, section]) =>
    section.of === listener && intersection(section.hostname, hostname) !== undefined
      ? [{ group: apiGroup, ...holderOf(gateway, position), sectionName: section.listener.name }]
      : [],
  );
}

function redirecting(gateway: Gateway, listener: Listener): readonly ObjectArtifact[] {
  const { namespace, name, id } = gateway;
  const filters = [
    {
      type: 'RequestRedirect',
      requestRedirect: { scheme: 'https', statusCode: 301 },
    },
  ] as const;
  return httpRouteObjects(
    {
      namespace,
      name: [name, listener.name],
      from: `Gateway/${id}`,
      origins: [listener.origin],
      parentRefs: parentsOf(gateway, listener, '*'),
    },
    [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], filters }],
  );
}

function streamRoutes(
  gateway: Gateway,
  listener: Listener,
  { hostname, route }: VirtualHost,
  position: number,
  lowering: GatewayLowering,
): readonly ObjectArtifact[] {
  const { name, ...head } = headOf(gateway, listener, position, route);
  const common = { ...head, ...neededServices(route.rules, lowering) };
  const shares =
    listener.protocol === 'tls' ? namedShares(route, hostname) : [{ rule: route.rules[0], names: [] }];
  return shares.flatMap(({ rule, names }, index) => {
    const own = {
      ...common,
      name: objectName(...name, ...(index === 0 ? [] : [`rule${String(index + 1)}`])),
    };
    const parentRefs = parentsOf(gateway, listener, hostname);
    // Without this backend a TLSRoute with a wider name would take the connections.
    const rules = [{ backendRefs: streamBackends(rule, gateway.namespace, lowering.serviceOf) }];
    if (listener.protocol === 'tcp')
      return [object({ kind: 'TCPRoute', ...own, spec: { parentRefs, rules } })];
    return [object({ kind: 'TLSRoute', ...own, spec: { parentRefs, hostnames: names, rules } })];
  });
}

/**
 * Returns each rule with the server names that no earlier rule takes. A TLSRoute has to name them, so a rule for any
 * name has none.
 */
function namedShares(
  { rules }: Route,
  hostname: string,
): readonly { readonly rule: Rule; readonly names: readonly string[] }[] {
  const taken: string[] = [];
  return rules.flatMap((rule) => {
    const asked =
      rule.matches.length === 0
        ? ['*']
        : rule.matches.flatMap(({ sni = ['*'], from }) => (from === undefined ? sni : []));
    const names = [...new Set(asked.flatMap((name) => intersection(name, hostname) ?? []))].filter(
      (name) => name !== '*' && !taken.some((other) => intersection(other, name) === name),
    );
    taken.push(...names);
    return names.length === 0 ? [] : [{ rule, names }];
  });
}
