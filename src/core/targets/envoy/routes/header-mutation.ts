import type { Header, HeaderChanges } from '../../../ir/route.ts';
import { type Fields, typed } from '../typed-config.ts';

export const headerMutationFilter = 'envoy.filters.http.header_mutation';

/**
 * Returns changes of responses for a filter, not for the route: a route's own changes don't apply to the answers of the
 * proxy itself (429, 503, 504, aborts).
 */
export function responseChanges(changes: HeaderChanges, more: readonly Header[] = []): Fields {
  return typed('envoy.extensions.filters.http.header_mutation.v3.HeaderMutationPerRoute', {
    mutations: {
      response_mutations: [
        ...changes.remove.map((name) => ({ remove: name })),
        ...options(changes).map((option) => ({ append: option })),
        ...more.map(({ name, value }) => ({
          append: { header: { key: name, value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' },
        })),
      ],
    },
  });
}

/** Returns changes of requests for the route, which it makes after it was chosen by the caller's headers. */
export function requestChanges(changes: HeaderChanges): Fields {
  const added = options(changes);
  return {
    ...(added.length > 0 && { request_headers_to_add: added }),
    ...(changes.remove.length > 0 && { request_headers_to_remove: changes.remove }),
  };
}

export function changesNothing({ set, add, remove }: HeaderChanges): boolean {
  return set.length + add.length + remove.length === 0;
}

function options({ set, add }: HeaderChanges): readonly Fields[] {
  return [
    ...set.map((header) => option(header, 'OVERWRITE_IF_EXISTS_OR_ADD')),
    ...add.map((header) => option(header, 'APPEND_IF_EXISTS_OR_ADD')),
  ];
}

/** Returns a header whose value Envoy takes literally: `%` would start a command. */
function option({ name, value }: Header, action: string): Fields {
  return {
    header: { key: name, value: value.replaceAll('%', '%%') },
    append_action: action,
    keep_empty_value: true,
  };
}
