import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import type { AccessException, AccessTo, HeaderMatch } from '../../../spec/types.gen.ts';
import type { AccessParts } from './access-parts.ts';

/**
 * Returns exceptions of requests with one header as conditions on this header, where no other condition is on it: a request
 * without the header fits, here as in the language.
 */
export function withNegatedHeaders(part: AccessParts): AccessParts {
  return (part.except ?? []).reduce<AccessParts>((whole, exception) => {
    const header = headerOf(exception);
    const to = whole.to ?? [{}];
    if (header === undefined || to.some(({ headers }) => headers?.[header.name] !== undefined)) return whole;
    const except = (whole.except ?? []).filter((one) => one !== exception);
    const { except: _all, ...rest } = whole;
    return {
      ...rest,
      to: to.map((one): AccessTo => ({ ...one, headers: { ...one.headers, [header.name]: header.match } })),
      ...(except.length > 0 && { except }),
    };
  }, part);
}

/** Returns the opposite of an exception that is one condition on one header. */
function headerOf({ from, to = [] }: AccessException): { name: string; match: HeaderMatch } | undefined {
  const [one, ...others] = to;
  const [entry, ...more] = Object.entries(one?.headers ?? {});
  if (from !== undefined || one === undefined || entry === undefined) return undefined;
  if (others.length + more.length > 0 || Object.keys(one).length > 1) return undefined;
  const [name, match] = entry;
  const isPresence = isSameJson(match as unknown as Json, { present: true });
  return { name, match: isPresence ? { present: false } : { not: match } };
}
