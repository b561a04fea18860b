import type { External, ExternalPort } from '../../../ir/external.ts';
import type { Json } from '../../artifact.ts';
import { extension, type Fields, typed } from '../typed-config.ts';

const filter = 'envoy.filters.http.set_filter_state';
const message = 'envoy.extensions.filters.http.set_filter_state.v3.Config';

/** HTTP filter that notes, before a host is resolved, on which port it is called; routes say so (`onPort`). */
export const dialledPortFilter: Json = extension(filter, message, {});

/**
 * Routes to a host of an External that DNS is asked for by its name: it is called on the External's port, whatever the
 * `Host` says. Without it Envoy would take 80 or 443 where the Host names no port.
 */
export function onPort(
  external: External,
  port: ExternalPort,
  host: string,
  routes: readonly Fields[],
): readonly Fields[] {
  if (!host.startsWith('*.') || external.addresses.length > 0) return routes;
  return routes.map((route) =>
    'route' in route
      ? {
          ...route,
          typed_per_filter_config: {
            ...(route['typed_per_filter_config'] as Fields | undefined),
            [filter]: noted(port),
          },
        }
      : route,
  );
}

function noted({ targetPort }: ExternalPort): Json {
  return typed(message, {
    on_request_headers: [
      {
        object_key: 'envoy.upstream.dynamic_port',
        format_string: { text_format_source: { inline_string: String(targetPort) } },
      },
    ],
  });
}
