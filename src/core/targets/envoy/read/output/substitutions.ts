import type { PathRewrite, RouteMatch } from '../../../../spec/types.gen.ts';
import type { ReadSubstitution } from './actions.ts';
import { quoted } from './operations.ts';
import type { Reading } from './reading.ts';
import type { ReadRoute } from './rules.ts';

/**
 * Returns the matches of a rule with the change of the path that their routes make, each for its own prefix. `refused` are routes
 * for paths whose change would leave a dot segment: they have to be there, and nowhere else.
 */
export function withPath(
  reading: Reading,
  matches: readonly RouteMatch[],
  routes: readonly ReadRoute[],
  refused: readonly ReadRoute[],
): { readonly match: readonly RouteMatch[]; readonly path: PathRewrite | undefined } {
  const changes = routes.map((route) => ({ route, change: changeOf(reading, route) }));
  const [first] = changes;
  const path = first?.change;
  for (const { route, change } of changes)
    if (JSON.stringify(change) !== JSON.stringify(path))
      reading.report(route.field, 'one change of the path in all routes of a rule');
  const wanted = new Set(
    routes.flatMap(({ match }) => {
      const prefix = match.path?.startsWith;
      const endsInSlash = path?.replacePrefix?.endsWith('/') === true;
      return prefix !== undefined && endsInSlash ? [restPattern(prefix)] : [];
    }),
  );
  const found = new Set(refused.map(({ match }) => match.path?.regex ?? ''));
  if ([...wanted].sort().join('\n') !== [...found].sort().join('\n'))
    reading.report(
      first?.route.field ?? (refused[0] as ReadRoute).field,
      'rests with dot segments to be refused',
    );
  for (const one of refused) checkRefused(reading, one, routes);
  const replaces = path?.replacePrefix !== undefined;
  return {
    match: replaces
      ? matches.map((match) => (match.path === undefined ? { ...match, path: { prefix: '/' } } : match))
      : matches,
    path,
  };
}

function restPattern(prefix: string): string {
  return `${quoted(prefix)}\\.{1,2}(?:[;/].*)?`;
}

/** A refused rest has the other conditions of its match, and comes before it. */
function checkRefused(reading: Reading, refused: ReadRoute, routes: readonly ReadRoute[]): void {
  const own = routes.filter(
    ({ match }) => restPattern(match.path?.startsWith ?? '') === refused.match.path?.regex,
  );
  const key = ({ match }: ReadRoute): string =>
    JSON.stringify({
      ...match,
      path: undefined,
      methods: undefined,
      callers: match.callers.map(({ value }) => value),
    });
  if (!own.some((one) => key(one) === key(refused)))
    reading.report(refused.field, 'the conditions of the match whose rest is refused');
  const methods = new Set(own.flatMap(({ match }) => match.methods ?? ['any']));
  const covered = new Set(refused.match.methods ?? ['any']);
  const isCovered = covered.has('any') || [...methods].every((method) => covered.has(method));
  if (!isCovered) reading.report(refused.field, 'the methods of the match whose rest is refused');
}

/** Reads a substitution as a change of the path that fits the condition of its route. */
function changeOf(reading: Reading, { action, match }: ReadRoute): PathRewrite | undefined {
  if (action.type === 'respond') return undefined;
  const { substitution } = action;
  if (action.type === 'redirect' && action.path !== undefined) return { replaceFull: action.path };
  if (substitution === undefined) return undefined;
  const { pattern, text } = substitution;
  if (pattern === '^.*$') return { replaceFull: text };
  const change = prefixChange(substitution, match.path);
  if (change === undefined) reading.report(substitution.field, 'an exchange of the prefix that is matched');
  return change;
}

function prefixChange(
  { pattern, text }: ReadSubstitution,
  path: RouteMatch['path'],
): PathRewrite | undefined {
  const { startsWith, prefix = startsWith } = path ?? { prefix: '' };
  if (prefix === undefined) return undefined;
  const isText = startsWith !== undefined;
  const start = `^${quoted(prefix)}`;
  // A slash behind the prefix is taken, too, where the new prefix ends in one.
  const endsInSlash = isText ? text.endsWith('/') : text === '/';
  if (pattern !== (endsInSlash ? `${start}/?` : start)) return undefined;
  const isOther = text === '' || (!isText && !endsInSlash && text.endsWith('/'));
  return isOther ? undefined : { replacePrefix: text };
}
