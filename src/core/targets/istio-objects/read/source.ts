import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { AccessException, Principal } from '../../../spec/types.gen.ts';
import { type AccessParts, both } from './access-parts.ts';
import { opposite, type RuleContext, unsaid } from './rule-context.ts';
import { readTokenSubjects } from './token-subjects.ts';

/** Reads a Source: its fields hold together, the values of one field are alternatives. */
export function readSource(field: Field, rule: RuleContext): AccessParts {
  const parts: AccessParts[] = [];
  const list = (
    name: string,
    read: (value: Field, text: string) => readonly Principal[] | AccessParts,
  ): void => {
    const values = field.at(name);
    if (!values.isPresent) return;
    const from: Principal[] = [];
    let isAny = false;
    for (const item of values.items()) {
      const result = read(item, item.text() ?? '');
      if (Array.isArray(result)) from.push(...(result as readonly Principal[]));
      else isAny ||= rule.action === 'DENY';
    }
    if (!isAny) parts.push({ from });
  };
  const principal = (item: Field, text: string) =>
    principals(text, rule) ?? unsaid(item, rule, 'the language names accounts and namespaces whole');
  const namespaces = (item: Field, text: string) =>
    namespacesOf(text, rule) ?? unsaid(item, rule, 'no namespace of the input fits');
  const account = (item: Field, text: string) =>
    accountOf(text, rule) ?? unsaid(item, rule, 'this names no account');
  list('principals', principal);
  list('namespaces', namespaces);
  list('serviceAccounts', account);
  for (const name of ['ipBlocks', 'remoteIpBlocks']) list(name, (item, text) => addresses(item, text, rule));
  list('trustDomains', (item, text) =>
    text === rule.surroundings.context.trustDomain || text === '*'
      ? [{ authenticated: true }]
      : unsaid(item, rule, 'the language names trust domains in whole identities'),
  );
  except(field.at('notPrincipals'), (text) => principals(text, opposite(rule)), rule, parts);
  except(field.at('notNamespaces'), (text) => namespacesOf(text, opposite(rule)), rule, parts);
  except(field.at('notServiceAccounts'), (text) => accountOf(text, rule), rule, parts);
  for (const name of ['notIpBlocks', 'notRemoteIpBlocks'])
    except(field.at(name), (text) => (rule.isAtGateway ? [{ address: text }] : undefined), rule, parts);
  except(field.at('notTrustDomains'), () => undefined, rule, parts);
  parts.push(...readTokenSubjects(field.at('requestPrincipals'), field.at('notRequestPrincipals'), rule));
  return parts.reduce<AccessParts>(
    (all, part) =>
      both(all, part) ?? unsaid(field, rule, 'these conditions cannot hold together in the language'),
    {},
  );
}

function except(
  field: Field,
  read: (text: string) => readonly Principal[] | undefined,
  rule: RuleContext,
  parts: AccessParts[],
): void {
  const exceptions: AccessException[] = [];
  for (const item of field.items()) {
    const from = read(item.text() ?? '');
    if (from !== undefined && from.length > 0) exceptions.push({ from });
    else if (from === undefined) parts.push(unsaid(item, rule, 'the language cannot except these callers'));
  }
  if (exceptions.length > 0) parts.push({ except: exceptions });
}

/** Returns the callers of a principal without `spiffe://`; undefined if the language can't say them. */
export function principals(text: string, rule: RuleContext): readonly Principal[] | undefined {
  if (text === '*') return [{ authenticated: true }];
  // With a star at both ends the last one is a character, which no identity has.
  if (/^\*.*\*$/.test(text)) return [];
  const [, domain, namespace, all, account = all] =
    /^([^/*]+|\*)\/ns\/([^/*]+)\/(?:(\*)|sa\/([^/*]+|\*))$/.exec(text) ?? [];
  if (domain === undefined || namespace === undefined || account === undefined)
    return accountsAnywhere(text, rule);
  if (!isDnsLabel(namespace)) return undefined;
  const isOwn = ['*', rule.surroundings.context.trustDomain, 'cluster.local'].includes(domain);
  if (account === '*') return isOwn ? [{ namespace }] : undefined;
  if (!isAccount(account)) return undefined;
  const waypoint = isOwn ? callersOfWaypoint(`${namespace}/${account}`, rule) : undefined;
  if (waypoint !== undefined) return waypoint;
  return [
    isOwn
      ? { serviceAccount: `${namespace}/${account}` }
      : { principal: `spiffe://${domain}/ns/${namespace}/sa/${account}` },
  ];
}

/** Returns the callers that an ALLOW at pods means by the account of a waypoint; undefined for another account. */
function callersOfWaypoint(
  account: string,
  { action, waypoint, surroundings }: RuleContext,
): readonly Principal[] | undefined {
  if (waypoint === undefined || action === 'DENY') return undefined;
  if (!surroundings.waypoints.isAccount(account)) return undefined;
  return waypoint === 'guarded' ? [] : [{ anyone: true }];
}

/** An account of any namespace (`sa/NAME` after a star) is the account in every namespace of the input: fewer for an allow; a deny can't be said so. */
function accountsAnywhere(
  text: string,
  { action, surroundings }: RuleContext,
): readonly Principal[] | undefined {
  const account = /^\*\/sa\/([^/*]+)$/.exec(text)?.[1];
  if (account === undefined || action === 'DENY' || !isAccount(account)) return undefined;
  const namespaces = new Set(surroundings.context.inventory.services.map(({ namespace }) => namespace));
  return [...namespaces].sort().map((namespace) => ({ serviceAccount: `${namespace}/${account}` }));
}

function isAccount(text: string): boolean {
  return /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/.test(text);
}

function namespacesOf(text: string, { surroundings, action }: RuleContext): readonly Principal[] | undefined {
  if (text === '*') return [{ authenticated: true }];
  if (isDnsLabel(text)) return [{ namespace: text }];
  const [start, end] = [
    text.endsWith('*') ? text.slice(0, -1) : undefined,
    text.startsWith('*') ? text.slice(1) : undefined,
  ];
  if (action === 'DENY' || (start === undefined && end === undefined)) return undefined;
  const known = new Set(surroundings.context.inventory.services.map(({ namespace }) => namespace));
  const fitting = [...known].filter((name) =>
    start === undefined ? name.endsWith(end ?? '') : name.startsWith(start),
  );
  return fitting.length === 0 ? undefined : fitting.sort().map((namespace) => ({ namespace }));
}

function accountOf(text: string, { namespace }: RuleContext): readonly Principal[] | undefined {
  const [own, account] = text.includes('/') ? text.split('/') : [namespace, text];
  return own !== undefined && account !== undefined && isDnsLabel(own) && isAccount(account)
    ? [{ serviceAccount: `${own}/${account}` }]
    : undefined;
}

function addresses(item: Field, text: string, rule: RuleContext): readonly Principal[] | AccessParts {
  if (!rule.isAtGateway) return unsaid(item, rule, 'only gateways know the addresses of clients');
  return [{ address: text }];
}
