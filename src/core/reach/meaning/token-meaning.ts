import type { Authentication, Issuer } from '../../ir/authentication.ts';
import { all, any, type Condition } from '../condition.ts';
import { branch, type Meaning } from '../meaning.ts';
import { failure } from './labels.ts';

/** A token that was checked: its issuer, or undefined if none was sent or none is read. */
export type Checked = Issuer | undefined;

/** Returns the meaning of row 401, and what follows for requests whose token passes or that need none. */
export function tokenMeaning(
  authentication: Authentication | undefined,
  hasToken: boolean,
  next: (token: Checked) => Meaning,
): Meaning {
  if (authentication === undefined) return next(undefined);
  const missing = (): Meaning =>
    authentication.required ? { label: failure('refused', 401) } : next(undefined);
  if (!hasToken || authentication.issuers.length === 0) return missing();
  const refused = (): Meaning => ({ label: failure('refused', 401) });
  const issuers = (rest: readonly Issuer[]): Meaning => {
    const [issuer, ...others] = rest;
    if (issuer === undefined) return refused();
    return branch(
      isFor(issuer),
      () => next(issuer),
      () => issuers(others),
    );
  };
  return branch({ of: 'token', is: 'none' }, missing, () =>
    branch({ of: 'token', is: 'invalid' }, refused, () => issuers(authentication.issuers)),
  );
}

function isFor({ issuer, audiences }: Issuer): Condition {
  return all([
    { of: 'token', is: 'issuer', issuer },
    audiences.length === 0 || any([{ of: 'claim', path: ['aud'], values: audiences }]),
  ]);
}
