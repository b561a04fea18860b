import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Callers } from './callers.ts';

const middle = '.serviceaccount.identity.';

/** The parts of an identity: an account, or a namespace where the account is a star. */
interface Identity {
  readonly account: string;
  readonly namespace: string;
  readonly trustDomain: string;
}

/** Returns the parts of `ACCOUNT.NAMESPACE.serviceaccount.identity.CONTROL-PLANE.TRUST-DOMAIN`; undefined for another text. */
export function parseIdentity(text: string): Identity | undefined {
  const at = text.indexOf(middle);
  if (at < 0) return undefined;
  const [left, right] = [text.slice(0, at), text.slice(at + middle.length)];
  const [dot, other] = [left.lastIndexOf('.'), right.indexOf('.')];
  const [account, namespace, trustDomain] = [
    left.slice(0, Math.max(dot, 0)),
    left.slice(dot + 1),
    right.slice(other + 1),
  ];
  const isWhole = dot > 0 && other > 0 && trustDomain !== '' && isDnsLabel(namespace);
  return isWhole ? { account, namespace, trustDomain } : undefined;
}

/**
 * Returns the callers that an identity of a policy names: `*`, all of a namespace, an account, or a SPIFFE ID; undefined if the
 * language can't name them in a mesh of this trust domain.
 */
export function identityCallers(text: string, trustDomain: string): Callers | undefined {
  if (text === '*') return [{ authenticated: true }];
  const [, domain, home = '', own = ''] =
    /^spiffe:\/\/([^/*]+)\/ns\/([^/*]+)\/sa\/([^/*]+)$/.exec(text) ?? [];
  if (domain !== undefined)
    return domain === trustDomain && isDnsLabel(home) && isAccount(own)
      ? [{ serviceAccount: `${home}/${own}` }]
      : undefined;
  const parsed = parseIdentity(text);
  if (parsed?.trustDomain !== trustDomain) return undefined;
  const { account, namespace } = parsed;
  if (account === '*') return [{ namespace }];
  return isAccount(account) ? [{ serviceAccount: `${namespace}/${account}` }] : undefined;
}

/** Returns true for a name that an account can have. */
export function isAccount(name: string): boolean {
  return /^[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?$/.test(name);
}
