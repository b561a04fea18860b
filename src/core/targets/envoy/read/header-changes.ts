import { defined, unlessEmpty } from '../../../import/defined.ts';
import type { Field } from '../../../import/field.ts';
import { isChangeableHeader, isHeaderValue } from '../../../import/written-values.ts';
import type { HeaderChanges, RouteRule } from '../../../spec/types.gen.ts';

/** Reads the changes of headers of a message; those that the message itself says win over `outer`. */
export function readHeaderChanges(message: Field, outer: RouteRule['headers'] = {}): RouteRule['headers'] {
  const request = joined(outer.request, readSide(message, 'request'));
  const response = joined(outer.response, readSide(message, 'response'));
  return unlessEmpty(defined({ request, response }));
}

function readSide(message: Field, side: 'request' | 'response'): HeaderChanges | undefined {
  const set: Record<string, string> = {};
  const add: Record<string, string> = {};
  const taken = new Set<string>();
  for (const item of message.at(`${side}_headers_to_add`).items()) {
    const name = item.along('header', 'key').text() ?? '';
    const value = item.along('header', 'value').text() ?? '';
    const append = item.at('append');
    const action =
      item.at('append_action').text() ?? (append.boolean() === false ? overwrite : 'APPEND_IF_EXISTS_OR_ADD');
    item.at('keep_empty_value').withoutEffect('a header without a value is one of the spec, too');
    const isFree = isChangeableHeader(name) && !taken.has(name.toLowerCase());
    // `%` begins a command of the proxy, and `%%` is the character.
    const isPlain = isHeaderValue(value) && !/%/.test(value.replaceAll('%%', ''));
    const kept = action === overwrite ? set : action === 'APPEND_IF_EXISTS_OR_ADD' ? add : undefined;
    if (isFree && isPlain && kept !== undefined) kept[name] = value.replaceAll('%%', '%');
    else item.lost({ callers: `the header ${name} is not added: the spec has plain values alone` });
    taken.add(name.toLowerCase());
  }
  const remove = message
    .at(`${side}_headers_to_remove`)
    .items()
    .flatMap((item) => {
      const name = item.text() ?? '';
      const isFree = isChangeableHeader(name) && !taken.has(name.toLowerCase());
      if (!isFree) item.lost({ callers: `the header ${name} stays` });
      return isFree ? [name] : [];
    });
  return unlessEmpty(defined({ set: unlessEmpty(set), add: unlessEmpty(add), remove: unlessEmpty(remove) }));
}

const overwrite = 'OVERWRITE_IF_EXISTS_OR_ADD';

/** The inner changes win for a name that both have. */
function joined(
  outer: HeaderChanges | undefined,
  inner: HeaderChanges | undefined,
): HeaderChanges | undefined {
  if (outer === undefined || inner === undefined) return inner ?? outer;
  const names = new Set(
    [...Object.keys(inner.set ?? {}), ...Object.keys(inner.add ?? {}), ...(inner.remove ?? [])].map((one) =>
      one.toLowerCase(),
    ),
  );
  const others = (map: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(map ?? {}).filter(([name]) => !names.has(name.toLowerCase())));
  return defined({
    set: unlessEmpty({ ...others(outer.set), ...inner.set }),
    add: unlessEmpty({ ...others(outer.add), ...inner.add }),
    remove: unlessEmpty([
      ...(outer.remove ?? []).filter((name) => !names.has(name.toLowerCase())),
      ...(inner.remove ?? []),
    ]),
  });
}
