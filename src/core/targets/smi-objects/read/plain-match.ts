import { literalOfPattern } from '../../../lib/literal-of-pattern.ts';
import { normalisePath } from '../../../semantics/normalise-path.ts';
import type { PathMatch, StringMatch } from '../../../spec/types.gen.ts';

/** Returns the condition that a pattern of a whole path means: `/a` is exact, `/a(/.*)?` a prefix. Other patterns stay patterns. */
export function pathMatch(regex: string): PathMatch {
  const exact = literalOfPattern(regex);
  if (exact !== undefined && isPath(exact)) return { exact };
  const prefix = literalBefore(regex, '(/.*)?') ?? literalBefore(regex, '(?:/.*)?');
  if (prefix !== undefined && isPath(prefix) && !prefix.endsWith('/')) return { prefix };
  const startsWith = literalBefore(regex, '.*');
  return startsWith !== undefined && isPath(startsWith) ? { startsWith } : { regex };
}

/** Returns the condition that a pattern of a whole value of a header means. Other patterns stay patterns. */
export function valueMatch(regex: string): StringMatch {
  if (regex === '.*') return { present: true };
  const exact = literalOfPattern(regex);
  if (exact === '' || isValue(exact)) return { exact };
  const rest = regex.startsWith('.*') ? regex.slice(2) : undefined;
  const contains = rest && literalBefore(rest, '.*');
  if (isValue(contains)) return { contains };
  const suffix = rest && literalOfPattern(rest);
  if (isValue(suffix)) return { suffix };
  const prefix = literalBefore(regex, '.*');
  return isValue(prefix) ? { prefix } : { regex };
}

/** Returns the text of characters alone that stands before the ending of a pattern. */
function literalBefore(regex: string, ending: string): string | undefined {
  return regex.endsWith(ending) ? literalOfPattern(regex.slice(0, -ending.length)) : undefined;
}

/** Returns true for a path that a condition compares as it is written. */
function isPath(text: string): boolean {
  return !text.includes('?') && normalisePath(text) === text;
}

/** Returns true for a value of visible characters and blanks between them. */
function isValue(text: string | undefined): text is string {
  return text !== undefined && /^[!-~](?:[ -~]*[!-~])?$/.test(text);
}

/** Returns a pattern without a group around all of it: `(a|b)` is `a|b`. */
export function withoutGroup(pattern: string): string {
  const inner = /^\((?:\?:)?(?!\?)(.*)\)$/s.exec(pattern)?.[1];
  return inner !== undefined && isBalanced(inner) ? inner : pattern;
}

/** Returns true if each group of a pattern closes within it. Quotes (`\Q`) and classes by name are not read. */
function isBalanced(pattern: string): boolean {
  if (/\\Q|\[:/.test(pattern)) return false;
  let depth = 0;
  for (const part of pattern.match(/\\.|\[\^?\]?(?:\\.|[^\\\]])*\]|./gs) ?? []) {
    if (part === '(') depth += 1;
    if (part === ')') depth -= 1;
    if (depth < 0 || part === '\\') return false;
  }
  return depth === 0;
}
