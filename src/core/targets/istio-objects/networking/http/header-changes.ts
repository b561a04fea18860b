import type { Header, HeaderChanges } from '../../../../ir/route.ts';
import type { HeaderOperations, HttpRoute } from '../../crds/parts.ts';

/** Returns the `headers` of a route; no field if there are no changes. */
export function headerChanges(request: HeaderChanges, response: HeaderChanges): Pick<HttpRoute, 'headers'> {
  const changes = {
    ...(changesAny(request) && { request: operations(request) }),
    ...(changesAny(response) && { response: operations(response) }),
  };
  return Object.keys(changes).length > 0 ? { headers: changes } : {};
}

/** Returns the headers to set, add and remove. */
export function operations({ set, add, remove }: HeaderChanges): HeaderOperations {
  return {
    ...(set.length > 0 && { set: values(set) }),
    ...(add.length > 0 && { add: values(add) }),
    ...(remove.length > 0 && { remove }),
  };
}

/** Returns headers whose values Envoy takes literally: `%` would start a command. */
function values(headers: readonly Header[]): Readonly<Record<string, string>> {
  return Object.fromEntries(headers.map(({ name, value }) => [name, value.replaceAll('%', '%%')]));
}

function changesAny({ set, add, remove }: HeaderChanges): boolean {
  return set.length + add.length + remove.length > 0;
}
