import type { Ir } from '../../ir/ir.ts';
import type { Json } from '../artifact.ts';
import { downstreamTls } from './tls.ts';
import { extension, type Fields, typed } from './typed-config.ts';

/** The connections that an inbound filter chain accepts. */
export interface Identified {
  /** The protocols that a caller may speak, by ALPN. */
  readonly alpn: readonly string[];
  /** Matchers of the SPIFFE IDs that may connect; if absent or empty, all may. */
  readonly callers?: readonly Json[];
}

/**
 * Returns the part of a filter chain for callers that prove one identity: their TLS, then the filters. A certificate
 * with several URIs is closed, as the X.509-SVID standard asks (section 2): Envoy would take it for each of them.
 */
export function identifiedChain(
  ir: Ir,
  { alpn, callers = [] }: Identified,
  filters: readonly Json[],
): Fields {
  return {
    filters: [oneIdentity, ...filters],
    transport_socket: downstreamTls(ir, { alpn }, callers),
    transport_socket_connect_timeout: '15s',
  };
}

/** Envoy joins the URIs of a certificate by commas, which no SPIFFE ID contains. */
const severalUris: Json = {
  single_predicate: {
    input: extension('uris', 'envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput'),
    value_match: { contains: ',' },
  },
};

const oneIdentity: Json = extension('one-identity', 'envoy.extensions.filters.network.rbac.v3.RBAC', {
  stat_prefix: 'identity.',
  matcher: {
    matcher_list: { matchers: [{ predicate: severalUris, on_match: decided('DENY') }] },
    on_no_match: decided('ALLOW'),
  },
});

function decided(action: 'ALLOW' | 'DENY'): Json {
  return {
    action: {
      name: action,
      typed_config: typed('envoy.config.rbac.v3.Action', { name: 'one-identity', action }),
    },
  };
}
