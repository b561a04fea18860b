import type { ExternalAuthorization } from '../../ir/authentication.ts';
import type { Ir } from '../../ir/ir.ts';
import { clusterName } from './cluster-name.ts';
import { duration } from './duration.ts';
import { grpcService, meshHost } from './grpc-service.ts';
import { extension, type Fields } from './typed-config.ts';

/**
 * The filter that asks a service about each request: 403 when it says no, or says nothing in time and `onError` is deny.
 * It is told method, path, host, `authorization` and the included headers, and nothing else of the request.
 */
export function externalAuthorizationFilter(ir: Ir, asked: ExternalAuthorization): Fields {
  return extension('envoy.filters.http.ext_authz', 'envoy.extensions.filters.http.ext_authz.v3.ExtAuthz', {
    transport_api_version: 'V3',
    stat_prefix: 'external_authorization',
    ...service(ir, asked),
    failure_mode_allow: asked.onError === 'allow',
    status_on_error: { code: 'Forbidden' },
    validate_mutations: true,
    allowed_headers: { patterns: headers(asked).map((exact) => ({ exact })) },
    ...(asked.maxBody > 0 && {
      with_request_body: {
        max_request_bytes: asked.maxBody,
        // What goes beyond is not told; refusing it (413) would be a limit that nobody asked for.
        allow_partial_message: true,
      },
    }),
  });
}

function service(ir: Ir, asked: ExternalAuthorization): Fields {
  if (asked.protocol === 'grpc') return { grpc_service: grpcService(ir, asked, asked.timeout) };
  const cluster = clusterName(ir, { service: asked.service, port: asked.port });
  const uri = `http://${meshHost(asked.service)}`;
  return { http_service: { server_uri: { uri, cluster, timeout: duration(asked.timeout) } } };
}

function headers({ includeHeaders }: ExternalAuthorization): readonly string[] {
  const always = [':authority', ':method', ':path', ':scheme', 'authorization', 'host'];
  return [...new Set([...always, ...includeHeaders])].sort();
}
