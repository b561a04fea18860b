import type { Gateway, Listener } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { RouteMatch } from '../../../ir/match.ts';
import type { Rule } from '../../../ir/route.ts';
import type { Limit } from '../../target.ts';
import { isServed } from './gateways.ts';
import { matchLimits, ruleLimits } from './route-limits.ts';

/** What Istio can't say of gateways. */
export function gatewayLimits(ir: Ir): readonly Limit[] {
  return Object.values(ir.gateways)
    .flatMap((gateway) => gateway.listeners.map((listener) => ({ gateway, listener })))
    .flatMap(({ gateway, listener }) => [
      ...certificate(listener),
      ...listener.virtualHosts
        .flatMap(({ route }) => route.rules)
        .flatMap((rule) => [
          ...ruleLimits(rule),
          ...guardedPreflights(gateway, rule),
          ...rule.matches.flatMap((match) => [...matchLimits(match), ...clients(listener, match)]),
        ]),
    ]);
}

/** Istio checks what enters before any rule sees it. */
function guardedPreflights({ access, authentication }: Gateway, { cors }: Rule): readonly Limit[] {
  const open = access.allow.length + access.deny.length === 0 && authentication === undefined;
  if (cors === undefined || open) return [];
  return [
    {
      feature: 'route.cors',
      reason: 'at a gateway Istio checks tokens and access of preflights too, which bring no token',
      callers: 'preflights are refused with 401 or 403 where their requests need a token or a caller',
      origin: cors.origin,
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

/** Who shows no certificate has no identity, so that is no loss. */
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
