import { compilePattern } from '../../../lib/compile-pattern.ts';
import type { ReadMatch } from './http-match.ts';

/**
 * Joins alternatives that together say one condition on a path: the path itself beside the characters `/a/` are a prefix by path
 * elements, and a condition that takes `/` takes `//`, too, to which a proxy shortens a path of slashes alone.
 */
export function withJoinedPaths(matches: readonly ReadMatch[]): readonly ReadMatch[] {
  const whole = matches.filter((one) => !isSlashesOf(one, matches));
  return whole.flatMap((one, index) => {
    const [next, before] = [whole[index + 1], whole[index - 1]];
    if (next !== undefined && isPair(one, next)) {
      const prefix = one.match.path?.exact ?? '';
      const path = { form: 'prefix', text: prefix } as const;
      return [{ ...one, match: { ...one.match, path: { prefix } }, path }];
    }
    return before !== undefined && isPair(before, one) ? [] : [one];
  });
}

/** Returns true for `//` beside a condition that takes `/`, where all other conditions are equal. */
function isSlashesOf(one: ReadMatch, all: readonly ReadMatch[]): boolean {
  if (one.match.path?.exact !== '//') return false;
  return all.some((other) => takesRoot(other) && restOf(other) === restOf(one));
}

function takesRoot({ match: { path } }: ReadMatch): boolean {
  if (path?.exact !== undefined) return path.exact === '/';
  return path?.regex !== undefined && compilePattern(path.regex).testExact('/');
}

function isPair(one: ReadMatch, next: ReadMatch): boolean {
  const exact = one.match.path?.exact;
  return exact !== undefined && next.match.path?.startsWith === `${exact}/` && restOf(one) === restOf(next);
}

/** Returns all but the path of a match as a text to compare. */
function restOf({ match: { path: _path, ...others }, gateways, port, authority }: ReadMatch): string {
  return JSON.stringify([others, gateways, port, authority?.regex]);
}
