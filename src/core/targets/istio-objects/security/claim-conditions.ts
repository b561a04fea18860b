import type { AccessCondition } from '../../../ir/access.ts';
import type { PolicyCondition } from '../crds/parts.ts';
import { type ExpressibleValues, expressible } from './expressible-values.ts';
import { exactly, present } from './wildcards.ts';

/**
 * Returns a condition on tokens as alternatives, each with entries of `when` that must all hold; none if no token fits,
 * and undefined if a policy can't express it. Istio stores the payload of the valid token, which always has its issuer.
 */
export function claimConditions({
  issuer,
  claims,
}: AccessCondition): readonly (readonly PolicyCondition[])[] | undefined {
  const parts = [
    { path: ['iss'], values: issuer === undefined ? expressible([present]) : expressible([exactly(issuer)]) },
    ...claims.map(({ path, values }) => ({ path, values: claimValues(path, values) })),
  ];
  if (!parts.every(({ values }) => values.whole)) return undefined;
  if (parts.some(({ values }) => values.values.length === 0)) return [];
  return [parts.map(({ path, values }) => ({ key: claimKey(path), values: values.values }))];
}

/** The condition that there is a valid token. */
export const anyToken: PolicyCondition = { key: 'request.auth.claims[iss]', values: [present] };

/** The condition that there is no valid token. */
export const noToken: PolicyCondition = { key: 'request.auth.claims[iss]', notValues: [present] };

function claimKey(path: readonly string[]): string {
  return `request.auth.claims${path.map((name) => `[${name}]`).join('')}`;
}

/** Returns values of a claim as text, which is all that Istio compares: a number or boolean in a token isn't text. */
function claimValues(path: readonly string[], values: readonly string[]): ExpressibleValues {
  if (path.some((name) => name === '' || /[[\]]/.test(name))) return { values: [], whole: false };
  const texts = expressible(values.map(exactly));
  return { values: texts.values, whole: texts.whole && !values.some(isNumberOrTruth) };
}

function isNumberOrTruth(value: string): boolean {
  return value === 'true' || value === 'false' || (value !== '' && String(Number(value)) === value);
}
