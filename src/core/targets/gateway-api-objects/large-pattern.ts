import type { Feature } from '../../ir/feature.ts';
import type { PathMatch } from '../../ir/match.ts';
import { programSize } from '../../lib/program-size.ts';
import type { Alternative, Inexpressible } from './alternative.ts';
import type { Dialect } from './dialect.ts';
import { pathCondition } from './path-condition.ts';

const ofPath: Readonly<Record<PathMatch['type'], Feature>> = {
  regex: 'route.path-regex',
  startsWith: 'route.starts-with',
  // A path with characters that the CRD refuses is written as a pattern, too.
  exact: 'request.unsafe-paths',
  prefix: 'request.unsafe-paths',
};

/**
 * Returns alternatives, or the part of them whose pattern is too large for the proxy of a dialect: a proxy that refuses
 * a pattern refuses the routes around it, too.
 */
export function withinLimit(
  made: readonly Alternative[] | Inexpressible,
  { largestProgram = Number.POSITIVE_INFINITY }: Pick<Dialect, 'largestProgram'>,
): readonly Alternative[] | Inexpressible {
  if ('reason' in made) return made;
  const isLarge = ({ type, value }: { readonly type: string; readonly value: string }): boolean =>
    type === 'RegularExpression' && programSize(value) > largestProgram;
  const feature = made.map((one) => largeFeature(one, isLarge)).find((one) => one !== undefined);
  const reason = `the proxy takes patterns of ${String(largestProgram)} instructions at most`;
  return feature === undefined ? made : { feature, reason };
}

function largeFeature(
  { path, headers, query }: Alternative,
  isLarge: (one: { readonly type: string; readonly value: string }) => boolean,
): Feature | undefined {
  if (isLarge(pathCondition(path))) return ofPath[path.type];
  const header = headers.find(isLarge);
  if (header !== undefined) return header.name === 'cookie' ? 'route.cookies' : 'route.headers';
  return query.some(isLarge) ? 'route.query' : undefined;
}
