import type { Condition } from './condition.ts';

/** A result of a request, as data: two results are equal if their canonical JSON is. */
export type Label = object;

/** A function from requests to labels, before the variables of the requests are known. */
export type Meaning =
  | { readonly label: Label }
  | { readonly when: Condition; readonly then: Meaning; readonly otherwise: Meaning }
  | { readonly parts: readonly Meaning[]; readonly join: (labels: readonly Label[]) => Label };

/** Returns the meaning that depends on a condition; a constant condition disappears. */
export function branch(when: Condition, then: () => Meaning, otherwise: () => Meaning): Meaning {
  if (typeof when === 'boolean') return when ? then() : otherwise();
  return { when, then: then(), otherwise: otherwise() };
}
