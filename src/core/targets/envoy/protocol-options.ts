import type { Protocol } from '../../ir/service.ts';
import type { Connections } from '../../ir/settings.ts';
import { duration } from './duration.ts';
import { type Fields, typed } from './typed-config.ts';

/** Returns the protocol of a cluster and the lifetime of its connections; undefined for ports that aren't HTTP. */
export function protocolOptions(protocol: Protocol, connections: Connections, upstream: Fields = {}): Fields {
  if (protocol !== 'http' && protocol !== 'http2' && protocol !== 'grpc') return {};
  const version = protocol === 'http' ? { http_protocol_options: {} } : { http2_protocol_options: {} };
  const { idleTimeout, maxRequestsPerConnection } = connections;
  return {
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': typed(
        'envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
        {
          common_http_protocol_options: {
            idle_timeout: duration(idleTimeout),
            ...(maxRequestsPerConnection > 0 && { max_requests_per_connection: maxRequestsPerConnection }),
          },
          ...upstream,
          explicit_http_config: version,
        },
      ),
    },
  };
}
