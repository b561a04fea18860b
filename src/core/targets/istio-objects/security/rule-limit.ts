import type { Feature } from '../../../ir/feature.ts';
import type { Node } from '../../../ir/node.ts';
import type { Limit } from '../../target.ts';
import type { Effect } from './expressible-values.ts';

const callers: Readonly<Record<Effect, string>> = {
  allow: 'calls that only this part allows are refused with 403',
  deny: 'calls that are like those, but not refused elsewhere, are refused with 403 too',
};

/** Returns the limit for a part of a rule that Istio can't express: the lowered rule refuses more, never less. */
export function ruleLimit(feature: Feature, reason: string, effect: Effect, { origin }: Node): Limit {
  return { feature, reason, callers: callers[effect], origin };
}
