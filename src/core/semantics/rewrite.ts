import type { RouteMatch } from '../ir/match.ts';
import type { Rewrite } from '../ir/route.ts';

/** The path that the server receives, without query; `match` is the one that took the request. */
export function rewrittenPath(
  rewrite: Rewrite | undefined,
  match: RouteMatch | undefined,
  path: string,
): string {
  const change = rewrite?.path;
  if (change === undefined) return path;
  if (change.type === 'replaceFull') return change.value;
  const prefix = match?.path?.type === 'prefix' ? match.path.value : '';
  return withPrefix(change.value, path.slice(prefix.length));
}

/** By path element: the rest is empty or starts with `/`, and `/` as a prefix is no element. */
function withPrefix(value: string, rest: string): string {
  return `${value.replace(/\/+$/, '')}${rest}` || '/';
}
