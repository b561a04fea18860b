import type { PathMatch } from '../../../spec/types.gen.ts';

/** Returns true if certainly no path fits both conditions; undefined is any path. */
export function arePathsDisjoint(one: PathMatch | undefined, other: PathMatch | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const { exact, prefix } = one;
  if (exact !== undefined) return !fits(exact, other);
  if (other.exact !== undefined) return !fits(other.exact, one);
  if (prefix !== undefined && other.prefix !== undefined)
    return !isBelow(prefix, other.prefix) && !isBelow(other.prefix, prefix);
  if (prefix !== undefined) return isOutside(beginningOf(other), prefix);
  if (other.prefix !== undefined) return isOutside(beginningOf(one), other.prefix);
  const [own, others] = [beginningOf(one), beginningOf(other)];
  return !own.startsWith(others) && !others.startsWith(own);
}

/** Returns false if a path certainly doesn't fit a condition. */
function fits(path: string, { exact, prefix, ...other }: PathMatch): boolean {
  if (exact !== undefined) return exact === path;
  return prefix === undefined ? path.startsWith(beginningOf(other)) : isBelow(path, prefix);
}

/** Returns true if no path that starts so is below a prefix. */
function isOutside(beginning: string, prefix: string): boolean {
  return !prefix.startsWith(beginning) && !isBelow(beginning, prefix);
}

/** Returns true if a path is another one, or below it by path element. */
function isBelow(path: string, prefix: string): boolean {
  const plain = prefix.replace(/\/+$/, '');
  return path === plain || path.startsWith(`${plain}/`);
}

/** Returns characters with which every path that fits begins. */
function beginningOf({ startsWith, regex }: PathMatch): string {
  if (startsWith !== undefined) return startsWith;
  const text = regex ?? '';
  if (text.includes('|')) return '';
  const [literal = ''] = /^(?:[^\\^$.*+?()[\]{}|]|\\[^\p{L}\p{N}])*/u.exec(text) ?? [];
  const next = text.charAt(literal.length);
  const own = ['*', '?', '{'].includes(next) ? literal.replace(/\\?.$/su, '') : literal;
  return own.replace(/\\(.)/gsu, '$1');
}
