import type { Port } from '../../../ir/service.ts';
import { pathChange } from '../../../semantics/rewrite.ts';
import { type ArrangedPart, arrangedParts } from '../../gateway-api-objects/http-rules.ts';
import type { Lowering } from '../context.ts';
import { isEveryPath, isPattern } from './precedence.ts';

/** The rules of a port in parts, in the order in which Kuma tries matches. */
export interface RouteParts {
  readonly parts: readonly ArrangedPart[];
  /** True if matches of every path are written as patterns, so that they come behind the patterns of the route. */
  readonly usesPatterns: boolean;
}

/**
 * Returns the rules of a port in parts. Kuma takes a rule that exchanges a prefix for prefixes alone: where such a rule takes every
 * path, all matches of every path are prefixes, and go before the patterns of earlier rules.
 */
export function routeParts({ route, number }: Port, { dialect }: Pick<Lowering, 'dialect'>): RouteParts {
  const parts = arrangedParts(route.rules, number, dialect);
  const hasPatterns = parts.some(({ alternatives }) => alternatives.some(isPattern));
  const needsPrefix = parts.some(
    ({ rule, alternatives }) =>
      pathChange(rule.action)?.type === 'replacePrefix' && alternatives.some(isEveryPath),
  );
  if (!hasPatterns || !needsPrefix) return { parts, usesPatterns: hasPatterns };
  const last = parts.findLastIndex(({ alternatives }) => alternatives.some(isEveryPath));
  return {
    parts: parts.map((part, index) => ({
      ...part,
      isKept: part.isKept && !(index < last && part.alternatives.some(isPattern)),
    })),
    usesPatterns: false,
  };
}
