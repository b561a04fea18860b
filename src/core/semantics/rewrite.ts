import type { PathMatch } from '../ir/match.ts';
import type { PathChange, Rule } from '../ir/route.ts';

/** Returns the change that an action makes to the path, or undefined if it makes none. */
export function pathChange(action: Rule['action']): PathChange | undefined {
  if (action.type === 'respond') return undefined;
  const path = action.type === 'redirect' ? action.path : action.rewrite?.path;
  return typeof path === 'string' ? { type: 'replaceFull', value: path } : path;
}

/**
 * Returns the path after a change, without the query; `matched` is the path condition that the request fits. Returns
 * undefined if the change is refused (400), because it would leave a dot segment after a slash, which the next server
 * resolves.
 */
export function changedPath(
  change: PathChange | undefined,
  matched: PathMatch | undefined,
  path: string,
): string | undefined {
  if (change === undefined) return path;
  const { type, value } = change;
  if (type === 'replaceFull') return value;
  const rest = path.slice(matched?.type === 'regex' ? 0 : (matched?.value.length ?? 0));
  if (matched?.type !== 'startsWith') return `${value.replace(/\/+$/, '')}${rest}` || '/';
  if (!value.endsWith('/')) return `${value}${rest}`;
  return dotSegment.test(rest) ? undefined : `${value}${rest.replace(/^\/+/, '')}`;
}

/** Matches a first segment `.` or `..`, with or without parameters. */
const dotSegment = /^\.{1,2}(?:[;/]|$)/;
