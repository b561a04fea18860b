import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { QueryMatch } from '../../../spec/types.gen.ts';

const start = String.raw`[^?]*\?(?:.*&)?(?:`;
const end = ')(?:[=&].*)?';

/**
 * Reads an expression that the path with its query must not match, in the one form that means that no parameter has one of some
 * names. Undefined for every other expression.
 */
export function readAbsentQuery(pattern: string): Readonly<Record<string, QueryMatch>> | undefined {
  if (!pattern.startsWith(start) || !pattern.endsWith(end)) return undefined;
  const quoted = pattern.slice(start.length, -end.length).split(/(?<!\\)\|/);
  const names = quoted.map((text) => text.replace(/\\(.)/g, '$1'));
  const isPlain = names.every((name, index) => name !== '' && quoteRegex(name) === quoted[index]);
  if (!isPlain) return undefined;
  return Object.fromEntries(names.map((name) => [name, { present: false }]));
}
