import type { Gateway, Listener } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { RouteMatch } from '../../../ir/match.ts';
import { httpsPort } from '../../../semantics/listener.ts';
import type { Limit } from '../../target.ts';
import { isServed, redirectsAlone } from './gateways.ts';
import { matchLimits, ruleLimits } from './route-limits.ts';

/** Returns the limits of Istio at gateways. */
export function gatewayLimits(ir: Ir): readonly Limit[] {
  return Object.values(ir.gateways)
    .flatMap((gateway) => gateway.listeners.map((listener) => ({ gateway, listener })))
    .flatMap(({ gateway, listener }) => [
      ...certificate(listener),
      ...redirect(gateway, listener),
      ...guardedRedirect(gateway, listener),
      ...listener.virtualHosts
        .flatMap(({ route: { rules } }) => rules.map((rule) => ({ rule, rules })))
        .flatMap(({ rule, rules }) => [
          ...ruleLimits(rule, rules),
          ...rule.matches.flatMap((match) => [...matchLimits(match), ...clients(listener, match)]),
        ]),
    ]);
}

/**
 * Returns the limits of redirects. Clients of a listener on port 80 name no port; Istio replaces the port of a host
 * only by 443.
 */
function redirect(gateway: Gateway, { httpsRedirect, port, hostnames, origin }: Listener): readonly Limit[] {
  const keeps = hostnames.some(
    (one) => one.startsWith('*') && httpsPort(gateway, one.replace(/^\*/, '-')) === 443,
  );
  if (!httpsRedirect || port === 80 || !keeps) return [];
  return [
    {
      feature: 'gateway.https-redirect',
      reason: 'a gateway of Istio that redirects a wildcard host to 443 keeps the port of the Host',
      callers: 'they are sent to the port that their Host names, or to 443',
      origin,
    },
  ];
}

/** Returns the limit of a redirect at the port of another listener: policies guard ports. */
function guardedRedirect(gateway: Gateway, listener: Listener): readonly Limit[] {
  const { access, authentication } = gateway;
  const refuses = access.closed || access.deny.length > 0 || authentication !== undefined;
  if (!listener.httpsRedirect || !refuses || redirectsAlone(gateway, listener)) return [];
  return [
    {
      feature: 'gateway.https-redirect',
      reason: 'another listener has its port, and policies of Istio guard ports',
      callers: 'requests that the other listener would refuse are refused here, too, and not redirected',
      origin: listener.origin,
    },
  ];
}

function certificate(listener: Listener): readonly Limit[] {
  const { tls } = listener;
  if (tls === undefined || isServed(listener)) return [];
  const reason =
    tls.certificate.type === 'issued'
      ? 'gateways of Istio take no certificate from the authority of the mesh; name a Secret or files'
      : 'Istio takes the certificate and the authorities of clients both from Secrets or both from files';
  return [
    {
      feature: 'gateway.tls',
      reason,
      callers: 'connections to that listener are refused',
      origin: tls.origin,
    },
  ];
}

/** Returns the limits about clients. A caller without a certificate has no identity, so nothing is lost for it. */
function clients({ tls }: Listener, { from, origin }: RouteMatch): readonly Limit[] {
  const asked = tls?.clientCertificates;
  if (asked === undefined || from === undefined) return [];
  const holds = from.some(({ type }) => type === 'anyone' || (type === 'authenticated' && asked.required));
  return holds
    ? []
    : [
        {
          feature: 'route.from',
          reason: 'the rules of a gateway of Istio know nothing of the certificate that a client shows',
          callers: 'their calls go by the next rule that takes them',
          origin,
        },
      ];
}
