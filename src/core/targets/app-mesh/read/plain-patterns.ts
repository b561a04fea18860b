import { literalOfPattern } from '../../../lib/literal-of-pattern.ts';
import type { PathMatch, StringMatch } from '../../../spec/types.gen.ts';

/** Returns the path match that a pattern for a whole path means without one: `/a(?:/.*)?` is a prefix; undefined for other patterns. */
export function plainPath(pattern: string): PathMatch | undefined {
  const prefix = literal(/^(.*)\(\?:\/\.\*\)\?$/s.exec(pattern)?.[1]);
  if (prefix !== undefined && /^\/[^?#\s]*[^?#\s/]$/.test(prefix)) return { prefix };
  const start = literal(/^(.*)\.\*$/s.exec(pattern)?.[1]);
  return start !== undefined && /^\/[^?#\s]*$/.test(start) ? { startsWith: start } : undefined;
}

/** Returns the match that a pattern for a whole value means without one; undefined for other patterns. */
export function plainValue(pattern: string): StringMatch | undefined {
  // A pattern without characters matches the empty value alone.
  if (pattern === '') return { exact: '' };
  const part = literal(/^\.\*(.+)\.\*$/s.exec(pattern)?.[1]);
  return part === undefined ? undefined : { contains: part };
}

/** Returns the text of a part of a pattern that has characters alone; undefined for any other part, and without one. */
function literal(part: string | undefined): string | undefined {
  return part === undefined ? undefined : literalOfPattern(part);
}
