import type { Header, HeaderChanges } from '../../../../ir/route.ts';
import type { Fields } from '../../../kubernetes-objects/fields.ts';

/** The `headers` of a route; nothing where nothing changes. */
export function headerChanges(request: HeaderChanges, response: HeaderChanges): Fields {
  const changes = { ...named('request', operations(request)), ...named('response', operations(response)) };
  return named('headers', changes);
}

/** What is set, added and removed. */
export function operations({ set, add, remove }: HeaderChanges): Fields {
  return {
    ...named('set', values(set)),
    ...named('add', values(add)),
    ...(remove.length > 0 && { remove }),
  };
}

/** Values are literal: Envoy reads `%` as the start of a command. */
function values(headers: readonly Header[]): Fields {
  return Object.fromEntries(headers.map(({ name, value }) => [name, value.replaceAll('%', '%%')]));
}

function named(name: string, fields: Fields): Fields {
  return Object.keys(fields).length > 0 ? { [name]: fields } : {};
}
