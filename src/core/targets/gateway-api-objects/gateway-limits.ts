import type { Gateway, Listener } from '../../ir/gateway.ts';
import { listenerFeatures } from '../features-used.ts';
import type { Limit } from '../target.ts';
import { isSayable } from './gateway-listeners.ts';
import { hasWiderHost, takesAll } from './gateway-routes.ts';
import type { GatewayLowering } from './gateways.ts';
import { arrangedParts } from './http-rules.ts';
import { ruleLimits } from './rule-limits.ts';

/** Returns the places of a gateway that a Gateway and its routes can't express. */
export function gatewayLimits(
  { type, listeners }: Gateway,
  { options, dialect }: GatewayLowering,
): readonly Limit[] {
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
