import { canonicalJson } from '../../lib/canonical-json.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { HTTPRouteGroupSpec } from './crds/smi-0-6.gen.ts';
import type { SmiDialect } from './dialect.ts';
import type { SmiSpecs } from './object.ts';

/** A method that SMI's CRDs take. */
export type SmiMethod = NonNullable<HTTPRouteGroupSpec['matches'][number]['methods']>[number];

/** A match of an HTTPRouteGroup without its name. */
export interface HttpMatch {
  readonly pathRegex: string;
  readonly methods: readonly SmiMethod[];
  /** Names in lower case with patterns of the whole value. */
  readonly headers: readonly { readonly name: string; readonly pattern: string }[];
}

/** The match of every request. */
export const everyRequest: HttpMatch = { pathRegex: '.*', methods: ['*'], headers: [] };

/** Returns a name that depends on the match alone, so that a match never changes its meaning. */
export function matchName(match: HttpMatch): string {
  const text = canonicalJson(match);
  return text === canonicalJson(everyRequest) ? 'all' : `m-${sha256(text).slice(0, 8)}`;
}

/** Returns the `spec` of an HTTPRouteGroup in the form of a mesh. */
export function routeGroupSpec(
  matches: readonly HttpMatch[],
  { headers: form }: Pick<SmiDialect, 'headers'>,
): SmiSpecs['HTTPRouteGroup'] {
  const common = (match: HttpMatch) => ({
    name: matchName(match),
    pathRegex: match.pathRegex,
    methods: match.methods,
  });
  if (form === 'map')
    return {
      matches: matches.map((match) => ({
        ...common(match),
        ...(match.headers.length > 0 && {
          headers: Object.fromEntries(match.headers.map(({ name, pattern }) => [name, pattern])),
        }),
      })),
    };
  return {
    matches: matches.map((match) => ({
      ...common(match),
      ...(match.headers.length > 0 && {
        headers: match.headers.map(({ name, pattern }) => ({ [name]: pattern })),
      }),
    })),
  };
}
