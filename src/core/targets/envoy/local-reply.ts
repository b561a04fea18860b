import { extension, type Fields } from './typed-config.ts';

/**
 * Returns a mapper of a connection manager that gives another status to the local replies that a CEL expression
 * selects.
 */
export function localReply(expression: string, status: number, more: Fields = {}): Fields {
  return {
    filter: {
      extension_filter: extension(
        'envoy.access_loggers.extension_filters.cel',
        'envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter',
        { expression },
      ),
    },
    status_code: status,
    ...more,
  };
}
