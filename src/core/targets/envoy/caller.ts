import { type Principal, type PrincipalMatch, spiffeId } from '../../ir/principal.ts';
import { quoteRegex } from '../../lib/quote-regex.ts';
import type { Json } from '../artifact.ts';
import type { CallerCondition } from './routes/route-context.ts';
import { extension, type Fields } from './typed-config.ts';

/**
 * The key of the connection's filter state that has the identity of this proxy's service, so that all proxies can share
 * routes with `from`.
 */
const callerKey = 'meshwright.caller';

/** Returns the network filter that records the identity of the application behind an outbound listener. */
export function callerState(principal: Principal): Json {
  return extension(
    'envoy.filters.network.set_filter_state',
    'envoy.extensions.filters.network.set_filter_state.v3.Config',
    {
      on_new_connection: [
        {
          object_key: callerKey,
          factory_key: 'envoy.string',
          format_string: { text_format_source: { inline_string: spiffeId(principal).replaceAll('%', '%%') } },
        },
      ],
    },
  );
}

/**
 * Returns the condition that the caller behind an outbound listener is one of these; such a caller always has an
 * identity.
 */
export function callerCondition(from: readonly PrincipalMatch[]): CallerCondition {
  if (from.some(({ type }) => type === 'anyone' || type === 'authenticated')) return 'always';
  const regex = identityRegex(from);
  return regex === '' ? 'never' : state({ safe_regex: { regex } });
}

/** Returns the condition that the caller is in this namespace. */
export function namespaceCondition(trustDomain: string, namespace: string): Fields {
  return state({ prefix: `spiffe://${trustDomain}/ns/${namespace}/` });
}

/** Returns an RE2 expression for the SPIFFE IDs of named principals; empty if there are none. */
export function identityRegex(from: readonly PrincipalMatch[]): string {
  return from
    .flatMap((match) => {
      if (match.type === 'spiffe') return [quoteRegex(match.id)];
      if (match.type === 'namespace')
        return [`${quoteRegex(`spiffe://${match.trustDomain}/ns/${match.namespace}/sa/`)}[^/]+`];
      return [];
    })
    .join('|');
}

function state(matcher: Json): Fields {
  return { filter_state: [{ key: callerKey, string_match: matcher }] };
}
