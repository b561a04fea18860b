import type { Retries } from '../../ir/retries.ts';
import type { Rule } from '../../ir/route.ts';
import { retrySplit } from '../retry-split.ts';
import { type Alternative, alternativesOf, type Inexpressible, sayableMethods } from './alternative.ts';
import type { Dialect } from './dialect.ts';
import { withinLimit } from './large-pattern.ts';

/** A rule, or the part of its requests that are retried. */
export interface RulePart {
  readonly rule: Rule;
  readonly retries?: Retries;
  readonly alternatives: readonly Alternative[];
  readonly inexpressible: readonly (Inexpressible & Pick<Rule, 'origin'>)[];
}

/**
 * Returns a rule in parts, each with one way to retry, for the requests to a port. Leaves out matches that no route
 * object can express.
 */
export function rulePartsOf(rule: Rule, port: number, dialect: Dialect): readonly RulePart[] {
  const retries =
    rule.action.type === 'forward' && dialect.retries !== 'unsaid' ? rule.action.retries : undefined;
  const shares = retries === undefined || retries.methods === 'all' ? [retries] : [retries, undefined];
  return shares.map((own, index) => {
    const inexpressible: (Inexpressible & Pick<Rule, 'origin'>)[] = [];
    const matches = rule.matches.length === 0 ? [undefined] : rule.matches;
    const alternatives = matches.flatMap((match): readonly Alternative[] => {
      if (match?.port !== undefined && match.port !== port) return [];
      // The Gateway API can not match callers by identity, so a match with `from` takes no request.
      if (match?.from !== undefined) return [];
      const share =
        shares.length === 1
          ? { methods: match?.methods }
          : retrySplit(match?.methods, retries).find(
              ({ retries: other }) => (other === undefined) === (own === undefined),
            );
      if (share === undefined) return [];
      const made = withinLimit(alternativesOf(match, sayableMethods(share.methods)), dialect);
      if ('reason' in made) {
        if (index === 0) inexpressible.push({ ...made, origin: match?.origin ?? rule.origin });
        return [];
      }
      return made;
    });
    return { rule, ...(own && { retries: own }), alternatives, inexpressible };
  });
}
