import type { AccessCondition } from '../../../ir/access.ts';
import type { PolicyCondition } from '../crds/parts.ts';
import { type Effect, type Said, said } from './said.ts';
import { exactly, present } from './wildcards.ts';

/** Conditions on the token, entries of `when` that must all hold; `whole` is false where some part can't be said. */
export interface ClaimConditions {
  /** Absent: it takes no token. */
  readonly when?: readonly PolicyCondition[];
  readonly whole: boolean;
}

/** A condition on tokens: Istio leaves the payload of the valid one, whose issuer is always there. */
export function claimConditions({ issuer, claims }: AccessCondition, effect: Effect): ClaimConditions {
  const parts = [
    { path: ['iss'], values: issuer === undefined ? said([present]) : said([exactly(issuer)]) },
    ...claims.map(({ path, values }) => ({ path, values: claimValues(path, values) })),
  ];
  const whole = parts.every(({ values }) => values.whole);
  const kept = parts.filter(({ values }) => effect === 'allow' || values.whole);
  if (kept.some(({ values }) => values.values.length === 0)) return { whole };
  const when = kept.map(({ path, values }) => ({ key: claimKey(path), values: values.values }));
  // If the rest can't be said, any valid token is refused: more than the spec asks for.
  return { when: when.length === 0 ? [anyToken] : when, whole };
}

/** A valid token. */
const anyToken: PolicyCondition = { key: 'request.auth.claims[iss]', values: [present] };

/** No valid token. */
export const noToken: PolicyCondition = { key: 'request.auth.claims[iss]', notValues: [present] };

function claimKey(path: readonly string[]): string {
  return `request.auth.claims${path.map((name) => `[${name}]`).join('')}`;
}

/** Istio compares text; a number or truth value in a token is none. */
function claimValues(path: readonly string[], values: readonly string[]): Said {
  if (path.some((name) => name === '' || /[[\]]/.test(name))) return { values: [], whole: false };
  const texts = said(values.map(exactly));
  return { values: texts.values, whole: texts.whole && !values.some(isNumberOrTruth) };
}

function isNumberOrTruth(value: string): boolean {
  return value === 'true' || value === 'false' || (value !== '' && String(Number(value)) === value);
}
