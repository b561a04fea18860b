import type { Alternative } from './alternative.ts';
import type { Dialect } from './dialect.ts';
import { pathCondition } from './path-condition.ts';
import type { MayPrecede } from './precedence.ts';

/** The largest program of a pattern that Envoy takes where its settings name no other limit, as Cilium's don't. */
export const largestProgram = 100;

/** Cilium begins with exact paths, then takes patterns, and prefixes last. */
const ranks = { Exact: 3, RegularExpression: 2, PathPrefix: 1 } as const;

/** Takes the first of two alternatives by the kind of the path, its length, a method, the headers and the parameters. */
const mayPrecede: MayPrecede = (one, other) => {
  const [a, b] = [precedence(one), precedence(other)];
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
};

function precedence({ path, method, headers, query }: Alternative): readonly number[] {
  const { type, value } = pathCondition(path);
  return [ranks[type], value.length, Number(method !== undefined), headers.length, query.length];
}

/** The way in which Cilium 1.20 translates routes for its Envoy, by its sources. */
export const ciliumReading: Pick<
  Dialect,
  'doublesPercent' | 'largestProgram' | 'mayPrecede' | 'redirectSchemes' | 'redirectedPrefixes'
> = {
  // Cilium passes values to Envoy, which refuses a whole configuration because of one invalid command.
  doublesPercent: true,
  largestProgram,
  redirectSchemes: 'if changed',
  redirectedPrefixes: 'bare',
  mayPrecede,
};
