import { isDnsLabel } from '../../../../import/dns-label.ts';
import type { Field } from '../../../../import/field.ts';
import type { AccessException, AccessTo, Principal } from '../../../../spec/types.gen.ts';
import { hole, maybe } from './forms.ts';
import {
  keysOf,
  permissionWords,
  principalWords,
  quoted,
  type RulesReading,
  readOperations,
} from './operations.ts';

export type Caller = Exclude<Principal, string>;

/** The rules of one port or listener, by the positions of the rules of Access that they come from. */
export interface ReadRules {
  readonly closed: boolean;
  readonly allow: ReadonlyMap<string, readonly ReadRule[]>;
  readonly deny: ReadonlyMap<string, readonly ReadRule[]>;
}

/** One rule; without `from` it is about every caller, without `to` about every call. */
export interface ReadRule {
  readonly from?: readonly Caller[];
  readonly to?: readonly AccessTo[];
  readonly when?: readonly ReadToken[];
  readonly except?: readonly AccessException[];
}

/** A condition on a token: the place where its payload is stored, and the claims. */
export interface ReadToken {
  readonly key: string;
  readonly claims: readonly { readonly path: readonly string[]; readonly values: readonly string[] }[];
}

/** Reads addresses of clients, which rules of gateways have; undefined for a principal that is none. */
export type ReadAddress = (field: Field, isRefused: boolean) => Caller | undefined;

export interface AccessReading extends RulesReading {
  /** Reads conditions on tokens; absent where rules have none. */
  readonly token?: (field: Field) => readonly ReadToken[] | undefined;
  readonly address?: ReadAddress;
  /** The trust domains that a policy about several identities names. */
  readonly domains?: Set<string>;
}

/** Reads the rules of a filter; `kind` is what the filter does with calls that fit. */
export function readPolicies(
  context: AccessReading,
  rules: Field,
  kind: 'allow' | 'deny',
): ReadonlyMap<string, readonly ReadRule[]> {
  const { reading } = context;
  const { policies } = reading.take(rules, {
    action: kind === 'allow' ? 'ALLOW' : 'DENY',
    policies: hole('policies'),
  });
  const found = new Map<string, readonly ReadRule[]>();
  for (const [name, policy] of policies.entries()) {
    if (kind === 'deny' && name === 'one-identity') readOneIdentity(context, policy);
    else found.set(name, readPolicy(context, policy, kind));
  }
  return found;
}

function readPolicy(context: AccessReading, policy: Field, kind: 'allow' | 'deny'): readonly ReadRule[] {
  const { permissions, principals } = context.reading.take(policy, {
    permissions: hole('permissions'),
    principals: hole('principals'),
  });
  const calls = readPermissions(context, permissions);
  const groups = new Map<string, { callers: Caller[]; except: readonly AccessException[] }>();
  for (const one of principals.items()) {
    const { caller, except } = readPrincipal(context, one, kind);
    const key = JSON.stringify(except);
    const group = groups.get(key) ?? { callers: [], except };
    groups.set(key, group);
    group.callers.push(caller);
  }
  if (groups.size === 0) context.reading.report(principals, 'a principal');
  return [...groups.values()].map(({ callers, except }) => ({
    ...(!callers.some(({ anyone }) => anyone) && { from: callers }),
    ...calls,
    ...(except.length > 0 && { except }),
  }));
}

function readPermissions(context: AccessReading, list: Field): Pick<ReadRule, 'to' | 'when'> {
  const items = list.items();
  const [only] = items;
  if (items.length === 0) context.reading.report(list, 'a permission');
  const asked = only === undefined ? undefined : readWithTokens(context, only);
  if (items.length === 1 && asked !== undefined) return asked;
  const to = items.flatMap((item) => readOperations(context, item, permissionWords));
  return to.some((one) => Object.keys(one).length === 0) ? {} : { to };
}

/** Reads a permission that asks for tokens, too: calls, and then one of several tokens. */
function readWithTokens(context: AccessReading, item: Field): Pick<ReadRule, 'to' | 'when'> | undefined {
  if (keysOf(item).join() !== 'and_rules') return undefined;
  const list = item.along('and_rules', 'rules');
  const [calls, tokens] = [list.item(0), list.item(1)];
  const when = context.token?.(tokens);
  if (when === undefined) return undefined;
  context.reading.take(item, { and_rules: { rules: [hole('calls'), hole('tokens')] } });
  const to = readOperations(context, calls, permissionWords);
  return { ...(!to.some((one) => Object.keys(one).length === 0) && { to }), when };
}

/** Reads a principal: a caller, perhaps but for calls that are excepted. */
function readPrincipal(
  context: AccessReading,
  field: Field,
  kind: 'allow' | 'deny',
): { readonly caller: Caller; readonly except: readonly AccessException[] } {
  const isRefused = kind === 'deny';
  const list = field.along('and_ids', 'ids');
  const isExcept = keysOf(field).join() === 'and_ids' && keysOf(list.item(1)).join() === 'not_id';
  if (!isExcept) return { caller: readCaller(context, field, isRefused), except: [] };
  const { caller, except } = context.reading.take(field, {
    and_ids: { ids: [hole('caller'), { not_id: hole('except') }] },
  });
  return {
    caller: readCaller(context, caller, isRefused),
    except: readExceptions(context, except, !isRefused),
  };
}

/** Addresses of forwarded clients have a condition beside them that may be inverted. */
function isAddress(field: Field): boolean {
  const list = field.along('and_ids', 'ids');
  return (
    JSON.stringify(list.item(0).value ?? null).includes('"remote_ip"') &&
    list.item(1).along('header', 'name').value === 'x-forwarded-for'
  );
}

function readExceptions(
  context: AccessReading,
  field: Field,
  isRefused: boolean,
): readonly AccessException[] {
  const keys = keysOf(field).join();
  if (keys === 'or_ids' && isOfCalls(field.along('or_ids', 'ids')))
    return [{ to: readOperations(context, field, principalWords) }];
  if (keys === 'or_ids' && !isCaller(context, field)) {
    const { all } = context.reading.take(field, { or_ids: { ids: hole('all') } });
    return all.items().flatMap((one) => readExceptions(context, one, isRefused));
  }
  if (isCaller(context, field)) return [{ from: readCallers(context, field, isRefused) }];
  const list = field.along('and_ids', 'ids');
  if (keys === 'and_ids' && isCaller(context, list.item(0))) {
    const { callers, calls } = context.reading.take(field, {
      and_ids: { ids: [hole('callers'), hole('calls')] },
    });
    return [
      {
        from: readCallers(context, callers, isRefused),
        to: readOperations(context, calls, principalWords),
      },
    ];
  }
  return [{ to: readOperations(context, field, principalWords) }];
}

/** Returns true for a list of conditions on paths, methods or headers. */
function isOfCalls(list: Field): boolean {
  return list.items().every((item) => ['url_path', 'header'].includes(keysOf(item).join()));
}

/** Returns true for a principal about callers alone, and not about calls. */
function isCaller(context: AccessReading, field: Field): boolean {
  const [key = ''] = keysOf(field);
  if (key === 'authenticated' || key === 'any') return true;
  if (key === 'remote_ip') return context.address !== undefined;
  const list = field.along(key, 'ids');
  if (key !== 'or_ids' && !(key === 'and_ids' && isAddress(field))) return false;
  if (key === 'and_ids' || JSON.stringify(field.value).includes('"x-forwarded-for"')) return true;
  return Array.isArray(list.value) && list.value.every((_one, index) => isCaller(context, list.item(index)));
}

function readCallers(context: AccessReading, field: Field, isRefused: boolean): readonly Caller[] {
  const address = context.address?.(field, isRefused);
  if (address !== undefined) return [address];
  if (keysOf(field).join() !== 'or_ids') return [readCaller(context, field, isRefused)];
  const { all } = context.reading.take(field, { or_ids: { ids: hole('all') } });
  return all.items().flatMap((one) => readCallers(context, one, isRefused));
}

function readCaller(context: AccessReading, field: Field, isRefused: boolean): Caller {
  const { reading } = context;
  if (keysOf(field).join() === 'any') {
    reading.take(field, { any: true });
    return { anyone: true };
  }
  const address = context.address?.(field, isRefused);
  if (address !== undefined) return address;
  const { name } = reading.take(field, { authenticated: { principal_name: hole('name') } });
  return readIdentity(context, name);
}

/** Reads a matcher of the identity of callers. */
export function readIdentity({ reading }: RulesReading, field: Field): Caller {
  const { exact, prefix, regex } = reading.take(field, {
    exact: maybe('exact'),
    prefix: maybe('prefix'),
    safe_regex: maybe('regex'),
  });
  if (exact.isPresent) {
    const id = exact.text() ?? '';
    if (!id.startsWith('spiffe://') && id !== 'nobody') reading.report(exact, 'an identity');
    return { principal: id };
  }
  if (prefix.isPresent) {
    reading.take(prefix, 'spiffe://');
    return { authenticated: true };
  }
  const text = reading.take(regex, { regex: hole('text') }).text.text() ?? '';
  const start = quoted(`spiffe://${reading.trustDomain}/ns/`);
  const [, namespace = ''] = /^([a-z0-9-]+)\/sa\/\[\^\/\]\*$/.exec(text.slice(start.length)) ?? [];
  if (!text.startsWith(start) || !isDnsLabel(namespace))
    reading.report(regex, 'the accounts of one namespace of the mesh');
  return { namespace };
}

/** Reads the policy that refuses certificates with the names of two trust domains. */
function readOneIdentity({ reading, domains }: AccessReading, policy: Field): void {
  const { principals } = reading.take(policy, {
    permissions: [{ any: true }],
    principals: hole('principals'),
  });
  const named = principals.items();
  const found = named.map((one) =>
    String(one.along('and_ids', 'ids').item(0).along('authenticated', 'principal_name', 'prefix').value),
  );
  const ofDomain = (prefix: string) => ({ authenticated: { principal_name: { prefix } } });
  for (const [index, one] of named.entries()) {
    const others = found.filter((_prefix, other) => other !== index).map(ofDomain);
    reading.check(one, { and_ids: { ids: [ofDomain(found[index] ?? ''), { or_ids: { ids: others } }] } });
  }
  for (const prefix of found) {
    const [, domain] = /^spiffe:\/\/([^/]+)\/$/.exec(prefix) ?? [];
    if (domain === undefined) reading.report(policy, 'trust domains');
    else domains?.add(domain);
  }
}
