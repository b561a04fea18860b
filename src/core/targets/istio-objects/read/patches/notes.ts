import type { AccessException, AccessTo, AccessWhen, ClaimCondition } from '../../../../spec/types.gen.ts';
import type { AccessParts } from '../access-parts.ts';
import type { RuleContext } from '../rule-context.ts';
import { principals } from '../source.ts';
import type { Surroundings } from '../surroundings.ts';
import { fieldsOf, isMessage, listOf, messageOf, textOf } from './message.ts';
import { filterPlace, type Patch } from './patch.ts';
import type { PatchBook } from './patch-book.ts';
import {
  alternatives,
  conjuncts,
  type Expression,
  isAny,
  leafOf,
  readExpression,
} from './rbac-expression.ts';
import { claimOf, requestsOf } from './rbac-requests.ts';

/** The condition that a filter notes about each request; policies read the note. */
export type NoteParts = Pick<AccessParts, 'to' | 'when' | 'except'>;

/** The notes by the place that has them (`namespace/name` of a service, or `gateway namespace/name`) and by their keys. */
export type Notes = ReadonlyMap<string, NoteParts>;

/** Returns the key of a note at a place. */
export function noteAt(place: string, key: string): string {
  return `${place} ${key}`;
}

const rbac = 'envoy.extensions.filters.http.rbac.v3.RBAC';

/** Reads filters that refuse nothing, and note whether a condition of Access holds. */
export function readNotes(book: PatchBook, surroundings: Surroundings): Notes {
  const notes = new Map<string, NoteParts>();
  for (const patch of book.all) {
    const config = fieldsOf(patch.value, ['name', 'typed_config'])?.['typed_config'];
    const filter = messageOf(config, rbac, ['shadow_rules', 'shadow_rules_stat_prefix']);
    if (!isMessage(config, rbac) || filter === undefined) continue;
    const prefix = textOf(filter['shadow_rules_stat_prefix']);
    const parts = partsOf(filter['shadow_rules'], surroundings);
    const places = placesOf(patch, parts);
    const keys = places?.map((place) => noteAt(place, `${prefix ?? ''}shadow_engine_result`)) ?? [];
    if (
      prefix === undefined ||
      parts === undefined ||
      keys.length === 0 ||
      keys.some((key) => notes.has(key))
    ) {
      book.refuse(
        patch,
        'no Access has the condition that the filter notes, and rules that read the note do without it',
      );
      continue;
    }
    for (const key of keys) notes.set(key, parts);
    book.carry(patch);
  }
  return notes;
}

/** Returns the places whose policies read the note: a filter about tokens comes after their check, all others before it. */
function placesOf(patch: Patch, parts: NoteParts | undefined): readonly string[] | undefined {
  const { scope, context } = patch;
  const at = filterPlace(patch);
  if (at === undefined || at.atWaypoint || scope.type !== 'pods' || parts === undefined) return undefined;
  const isAfterTokens =
    typeof at.position === 'object' && at.position.after === 'envoy.filters.http.jwt_authn';
  if (parts.when === undefined ? at.position !== 'first' : !isAfterTokens) return undefined;
  if (context === 'GATEWAY') return scope.gateways.map(({ id }) => `gateway ${id}`);
  return context === 'SIDECAR_INBOUND' && scope.partly.length === 0 ? scope.services : undefined;
}

/** Returns the condition that one policy of a filter holds; undefined if Access has no such condition. */
function partsOf(rules: unknown, surroundings: Surroundings): NoteParts | undefined {
  const fields = fieldsOf(rules, ['action', 'policies']);
  const policies = Object.values(fields?.['policies'] ?? {}) as readonly unknown[];
  const lists = fieldsOf(only(policies), ['permissions', 'principals']);
  const asked = readExpression(only(listOf(lists?.['permissions'])));
  const caller = readExpression(only(listOf(lists?.['principals'])));
  if (fields?.['action'] !== 'ALLOW' || asked === undefined || caller === undefined) return undefined;
  if (isAny(caller)) return tokenParts(asked, surroundings) ?? requestParts(asked);
  return isAny(asked) ? exceptionParts(caller, surroundings) : undefined;
}

/** Returns the item of a list that has one alone. */
function only(list: readonly unknown[] | undefined): unknown {
  return list?.length === 1 ? list[0] : undefined;
}

function requestParts(asked: Expression): NoteParts | undefined {
  const to = operationsOf(asked);
  return to && { to };
}

/** Returns requests as entries of `to`, of which one fits. */
function operationsOf(asked: Expression): readonly AccessTo[] | undefined {
  const single = requestsOf(asked);
  if (single !== undefined) return [single];
  const all = alternatives(asked).map(requestsOf);
  const known = all.filter((one) => one !== undefined);
  return known.length === all.length ? known : undefined;
}

function tokenParts(asked: Expression, { issuers }: Surroundings): NoteParts | undefined {
  const claims = conjuncts(asked).map(claimOf);
  let issuer: string | undefined;
  let read: Readonly<Record<string, ClaimCondition>> = {};
  for (const claim of claims) {
    if (claim === undefined) return undefined;
    const { path, values } = claim;
    const [first = ''] = path;
    if (path.length === 1 && first === 'iss') {
      const name = issuers.get(values[0] ?? '');
      if (name === undefined || issuer !== undefined || values.length > 1) return undefined;
      issuer = name;
      continue;
    }
    const condition = path.reduceRight<ClaimCondition>((inner, name) => ({ [name]: inner }), values);
    const joined = joinedClaims(read, condition as Readonly<Record<string, ClaimCondition>>);
    if (joined === undefined) return undefined;
    read = joined;
  }
  const when: AccessWhen = {
    jwt: { ...(issuer !== undefined && { issuer }), ...(Object.keys(read).length > 0 && { claims: read }) },
  };
  return { when: [when] };
}

type Claims = Readonly<Record<string, ClaimCondition>>;

/** Joins conditions on claims inside the same claim; undefined if two are about one claim. */
function joinedClaims(one: Claims, other: Claims): Claims | undefined {
  const result = { ...one };
  for (const [name, condition] of Object.entries(other)) {
    const known = result[name];
    if (known === undefined) result[name] = condition;
    else if (Array.isArray(known) || Array.isArray(condition)) return undefined;
    else {
      const joined = joinedClaims(known as Claims, condition as Claims);
      if (joined === undefined) return undefined;
      result[name] = joined;
    }
  }
  return result;
}

/** Any caller whose call fits none of the exceptions. */
function exceptionParts(caller: Expression, surroundings: Surroundings): NoteParts | undefined {
  const [any, not, ...others] = conjuncts(caller);
  if (any === undefined || !isAny(any) || not?.type !== 'not' || others.length > 0) return undefined;
  const single = exceptionOf(not.of, surroundings);
  if (single !== undefined) return { except: [single] };
  const all = alternatives(not.of).map((one) => exceptionOf(one, surroundings));
  const known = all.filter((one) => one !== undefined);
  return known.length === all.length ? { except: known } : undefined;
}

/** An exception is about callers, about requests, or about both. */
function exceptionOf(expression: Expression, surroundings: Surroundings): AccessException | undefined {
  const callers = callersOf(expression, surroundings);
  if (callers !== undefined) return { from: callers };
  const to = operationsOf(expression);
  if (to !== undefined) return { to };
  const [first, second, ...others] = conjuncts(expression);
  const from = first && callersOf(first, surroundings);
  const asked = second && operationsOf(second);
  if (from === undefined || asked === undefined || others.length > 0) return undefined;
  return { from, to: asked };
}

function callersOf(
  expression: Expression,
  surroundings: Surroundings,
): NonNullable<AccessException['from']> | undefined {
  const rule: RuleContext = {
    namespace: '',
    action: 'DENY',
    isAtGateway: false,
    surroundings,
    issuers: new Set(),
  };
  const all = alternatives(expression).map((one) => {
    if (isAny(one)) return [{ anyone: true as const }];
    const name = fieldsOf(leafOf(one, 'authenticated'), ['principal_name'])?.['principal_name'];
    const text = identityOf(name);
    const callers = text === undefined ? undefined : principals(text, rule);
    return callers?.length === 1 ? callers : undefined;
  });
  const known = all.filter((one) => one !== undefined);
  return known.length === all.length ? known.flat() : undefined;
}

/** Returns an identity as policies name it: `DOMAIN/ns/NAMESPACE/sa/NAME`, with a star for every account of a namespace. */
function identityOf(name: unknown): string | undefined {
  const exact = textOf(fieldsOf(name, ['exact'])?.['exact']);
  if (exact !== undefined) return /^spiffe:\/\/([^*]+)$/.exec(exact)?.[1];
  if (textOf(fieldsOf(name, ['prefix'])?.['prefix']) === 'spiffe://') return '*';
  const regex = fieldsOf(fieldsOf(name, ['safe_regex'])?.['safe_regex'], ['regex'])?.['regex'];
  const quoted = /^spiffe:\/\/(.+\/sa\/)\[\^\/\]\*$/.exec(textOf(regex) ?? '')?.[1];
  const text = quoted?.replaceAll(/\\([./-])/g, '$1');
  return text === undefined || /[\\*+?()[\]{}|^$]/.test(text) ? undefined : `${text}*`;
}
