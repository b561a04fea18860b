/**
 * A condition as far as Istio can say it: alternatives, each a value; `whole` is false where some are missing. A rule that
 * allows then takes the values that there are, and one that denies goes without the condition: neither lets more through.
 */
export interface Said {
  readonly values: readonly string[];
  readonly whole: boolean;
}

/** The effect of a rule on the calls that it takes. */
export type Effect = 'allow' | 'deny';

/** Alternatives of which some may not be sayable. */
export function said(values: readonly (string | undefined)[]): Said {
  const sayable = values.filter((value) => value !== undefined);
  return { values: [...new Set(sayable)], whole: sayable.length === values.length };
}

/** The values that stand in a policy; `undefined` is no condition, none at all a rule that never takes a call. */
export function written({ values, whole }: Said, effect: Effect): readonly string[] | undefined {
  return whole || effect === 'allow' ? values : undefined;
}
