import type { External } from '../../ir/external.ts';
import type { Gateway, Listener } from '../../ir/gateway.ts';
import type { Port } from '../../ir/service.ts';
import { listenerFeatures } from '../features-used.ts';
import { arrangedParts } from '../gateway-api-objects/http-rules.ts';
import { ruleLimits } from '../gateway-api-objects/rule-limits.ts';
import type { Limit } from '../target.ts';
import type { Lowering } from './context.ts';
import { unwritten } from './external-hosts.ts';
import { isSayable } from './gateway-listeners.ts';
import { hasWiderHost, takesAll } from './gateway-routes.ts';

/** Returns the places of a mesh where objects of the Gateway API can't say what the mesh says. */
export function limits(lowering: Lowering): readonly Limit[] {
  const { ir, dialect } = lowering;
  return [
    ...Object.values(ir.services).flatMap(({ ports }) =>
      ports
        .filter(({ http }) => http)
        .flatMap(({ route, number }) => ruleLimits(arrangedParts(route.rules, number, dialect), dialect)),
    ),
    ...Object.values(ir.services).flatMap(({ ports }) => ports.flatMap(serverNames)),
    ...Object.values(ir.gateways).flatMap((gateway) => gatewayLimits(gateway, lowering)),
    ...Object.values(ir.externals).flatMap((external) => externalLimits(external, lowering)),
  ];
}

/** An External is written whole, or not at all. */
function externalLimits(external: External, { options, dialect }: Lowering): readonly Limit[] {
  const { origin, ports, tls } = external;
  // The capability is `none`: no use of the feature needs a reason of its own.
  if (dialect.lacks('external.hosts')) return [];
  const lost = unwritten(external, options);
  if (lost !== undefined)
    return [
      {
        ...lost,
        callers: 'calls to that host end as the mesh itself says',
        origin: lost.feature === 'external.tls' && tls !== undefined ? tls.origin : origin,
      },
    ];
  return ports.flatMap(({ route, number }) =>
    ruleLimits(arrangedParts(route.rules, number, dialect), dialect),
  );
}

/** Inside the mesh a connection goes by its port alone. */
function serverNames({ route }: Port): readonly Limit[] {
  return route.rules
    .flatMap(({ matches }) => matches)
    .filter(({ sni }) => sni !== undefined)
    .map(({ origin }) => ({
      feature: 'route.sni',
      reason: 'the Gateway API knows server names at gateways alone',
      callers: 'connections go by the first rule that names no server, or are closed',
      origin,
    }));
}

function gatewayLimits({ type, listeners }: Gateway, { options, dialect }: Lowering): readonly Limit[] {
  return listeners.flatMap((listener) => {
    if (type === 'egress')
      return [
        listenerLimit(
          listener,
          'the Gateway API has no gateways by which calls leave a mesh',
          'nothing listens',
        ),
      ];
    if (options.gatewayClass === undefined)
      return [
        listenerLimit(
          listener,
          'a Gateway needs the class of an implementation, which the option gatewayClass names',
          'nothing listens',
        ),
      ];
    const http = listener.protocol === 'http' || listener.protocol === 'https';
    return [
      ...tlsLimits(listener),
      ...hostLimits(listener),
      ...(http && !listener.httpsRedirect
        ? listener.virtualHosts.flatMap(({ route }) =>
            ruleLimits(arrangedParts(route.rules, listener.port, dialect), dialect),
          )
        : []),
    ];
  });
}

function listenerLimit({ protocol, origin }: Listener, reason: string, callers: string): Limit {
  return { feature: listenerFeatures[protocol], reason, callers, origin };
}

function tlsLimits(listener: Listener): readonly Limit[] {
  if (!isSayable(listener))
    return [
      listenerLimit(
        listener,
        'a Gateway takes its certificate from a Secret, and asks for those of callers port by port, so that this listener is not written',
        'connections to that listener are refused',
      ),
    ];
  if (listener.tls?.minVersion !== '1.3') return [];
  return [
    listenerLimit(
      listener,
      'a Gateway says no least version of TLS',
      'connections with an older version of TLS are taken',
    ),
  ];
}

function hostLimits(listener: Listener): readonly Limit[] {
  const { protocol, virtualHosts } = listener;
  if (protocol === 'tls' && virtualHosts.some(({ hostname }) => hostname === '*'))
    return [
      listenerLimit(
        listener,
        'a TLSRoute names the server names that it takes',
        'connections with other names are closed',
      ),
    ];
  if (protocol === 'tls') return [];
  return virtualHosts
    .filter((own) => hasWiderHost(listener, own) && !takesAll(own.route))
    .flatMap(({ route }) => route.rules.slice(-1))
    .map(({ origin }) => ({
      feature: 'route.no-match',
      reason:
        'a Gateway passes requests that no rule of a host takes on to a wider host, so that a last rule without a backend takes them',
      callers: 'requests that no rule of that host takes get 500 instead of 404',
      origin,
    }));
}
