import type { External, ExternalPort } from '../../../ir/external.ts';
import type { Json } from '../../artifact.ts';
import { extension, type Fields, typed } from '../typed-config.ts';

const filter = 'envoy.filters.http.set_filter_state';
const message = 'envoy.extensions.filters.http.set_filter_state.v3.Config';

/** The HTTP filter that records the port to connect to before a host is resolved; routes choose the port (`onPort`). */
export const dialledPortFilter: Json = extension(filter, message, {});

/**
 * Returns routes to a host of an External that is resolved by name, with the External's port whatever the `Host` says.
 * Otherwise Envoy would use 80 or 443 for a `Host` without a port.
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
