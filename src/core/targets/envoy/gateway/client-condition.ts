import type { Gateway, Listener } from '../../../ir/gateway.ts';
import type { PrincipalMatch } from '../../../ir/principal.ts';
import { identityRegex } from '../caller.ts';
import { meshListener } from '../hop-cluster.ts';
import type { CallerCondition } from '../routes/route-context.ts';

/**
 * The header in which a gateway's listener records the verified identity of the client. The gateway overwrites and
 * removes values from others.
 */
export const clientHeader = 'x-meshwright-client';

/**
 * Returns the condition of a route on the client of a listener. Without client certificates no client has an identity.
 */
export function clientCondition(
  gateway: Gateway,
  listener: Listener,
  from: readonly PrincipalMatch[],
): CallerCondition {
  if (from.some(({ type }) => type === 'anyone')) return 'always';
  if (listener.tls?.clientCertificates === undefined && !meshListener(gateway, listener)) return 'never';
  const named = identityRegex(from);
  const regex = from.some(({ type }) => type === 'authenticated') ? 'spiffe://.+' : named;
  return regex === ''
    ? 'never'
    : { headers: [{ name: clientHeader, string_match: { safe_regex: { regex } } }] };
}
