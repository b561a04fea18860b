/**
 * A condition as far as Istio can express it: alternative values; `whole` is false if some are missing. An allow then
 * has only the remaining values, and a deny drops the condition: neither lets more calls through.
 */
export interface ExpressibleValues {
  readonly values: readonly string[];
  readonly whole: boolean;
}

/** The effect of a rule on the calls that it matches. */
export type Effect = 'allow' | 'deny';

/** Returns a condition of alternatives; undefined ones can't be expressed. */
export function expressible(values: readonly (string | undefined)[]): ExpressibleValues {
  const sayable = values.filter((value) => value !== undefined);
  return { values: [...new Set(sayable)], whole: sayable.length === values.length };
}

/**
 * Returns the values to write in a policy. `undefined` means no condition; an empty list means a rule that matches no
 * call.
 */
export function policyValues(
  { values, whole }: ExpressibleValues,
  effect: Effect,
): readonly string[] | undefined {
  return whole || effect === 'allow' ? values : undefined;
}
