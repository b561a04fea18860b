import type { ExternalAuthorization } from '../../ir/authentication.ts';
import type { Ir } from '../../ir/ir.ts';
import { clusterName } from './cluster-name.ts';
import { duration } from './duration.ts';
import { grpcService, meshHost } from './grpc-service.ts';
import { askedRules } from './rbac/rules.ts';
import { extension, type Fields } from './typed-config.ts';

/**
 * Returns the filters that ask a service about requests. The answer is 403 if the service refuses, or if it gives no
 * answer in time and `onError` is deny. If not all requests are asked about, a first filter marks those that are. The
 * service is told method, path, host, `authorization` and the included headers, and nothing else.
 */
export function externalAuthorizationFilters(
  ir: Ir,
  asked: ExternalAuthorization,
  port: string,
): readonly Fields[] {
  if (asked.to === undefined && asked.except === undefined) return [asking(ir, asked, {})];
  return [
    extension('asked', 'envoy.extensions.filters.http.rbac.v3.RBAC', {
      shadow_rules: askedRules(asked, port),
      shadow_rules_stat_prefix: 'ask_',
    }),
    asking(ir, asked, {
      filter_enabled_metadata: {
        filter: 'envoy.filters.http.rbac',
        path: [{ key: 'ask_shadow_engine_result' }],
        value: { string_match: { exact: 'allowed' } },
      },
    }),
  ];
}

function asking(ir: Ir, asked: ExternalAuthorization, more: Fields): Fields {
  return extension('envoy.filters.http.ext_authz', 'envoy.extensions.filters.http.ext_authz.v3.ExtAuthz', {
    transport_api_version: 'V3',
    stat_prefix: 'external_authorization',
    ...service(ir, asked),
    ...more,
    failure_mode_allow: asked.onError === 'allow',
    status_on_error: { code: 'Forbidden' },
    validate_mutations: true,
    allowed_headers: { patterns: headers(asked).map((exact) => ({ exact })) },
    ...(asked.maxBody > 0 && {
      with_request_body: {
        max_request_bytes: asked.maxBody,
        // Send only the beginning of a longer body; a refusal (413) would be a limit that the spec doesn't set.
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
