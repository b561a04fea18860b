import type { PathMatch } from '../../../ir/match.ts';
import type { PathChange } from '../../../ir/route.ts';
import { refusedRest } from '../../envoy-filters/prefix-rewrite.ts';
import { type PathCondition, pathConditions } from './match.ts';

/** A condition on a path, and the text that replaces the part of the path that the condition names. */
export interface ChangedPath {
  readonly path: PathCondition;
  readonly prefixRewrite?: string;
  /** True for paths whose change would leave a dot segment, which the next server resolves. */
  readonly refused?: true;
}

/** Returns the conditions on a path of which one must hold, each with its change: Consul exchanges exactly what it names. */
export function pathChanges(
  change: PathChange | undefined,
  matched: PathMatch | undefined,
): readonly ChangedPath[] {
  const plain = pathConditions(matched).map((path) => ({ path }));
  if (change === undefined) return plain;
  const { type, value } = change;
  if (type === 'replaceFull') return matched?.type === 'exact' ? [wholePath(matched.value, value)] : plain;
  if (matched?.type === 'startsWith') return startsWithChanges(change, matched);
  if (matched?.type !== 'prefix') return plain;
  const text = value.replace(/\/+$/, '');
  const below = { path: { pathPrefix: `${matched.value}/` }, prefixRewrite: `${text}/` };
  return matched.value === '' ? [below] : [wholePath(matched.value, text || '/'), below];
}

/**
 * Returns the change of a whole path. Consul exchanges nothing of an exact path for `/` (its rule for that reads only
 * prefixes), so that the path becomes `/.`, which the proxy of the server normalises.
 */
function wholePath(pathExact: string, value: string): ChangedPath {
  return { path: { pathExact }, prefixRewrite: value === '/' ? '/.' : value };
}

function startsWithChanges(change: PathChange, matched: PathMatch): readonly ChangedPath[] {
  const { value } = change;
  const refused = refusedRest(change, matched);
  const ends = value.endsWith('/');
  return [
    ...(refused === undefined ? [] : [{ path: { pathRegex: refused }, refused: true as const }]),
    // Slashes that would meet become one.
    ...(ends && !matched.value.endsWith('/')
      ? [{ path: { pathPrefix: `${matched.value}/` }, prefixRewrite: value }]
      : []),
    { path: { pathPrefix: matched.value }, prefixRewrite: value },
  ];
}
