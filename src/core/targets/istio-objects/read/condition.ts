import { defined } from '../../../import/defined.ts';
import type { Field } from '../../../import/field.ts';
import { isHeaderValue, isMatchableHeader } from '../../../import/written-values.ts';
import { isSameJson } from '../../../lib/is-same-json.ts';
import type {
  AccessException,
  AccessTo,
  AccessWhen,
  ClaimCondition,
  HeaderMatch,
  Principal,
} from '../../../spec/types.gen.ts';
import type { AccessParts } from './access-parts.ts';
import type { PortNames } from './operation.ts';
import { noteAt } from './patches/notes.ts';
import { opposite, type RuleContext, unsaid } from './rule-context.ts';
import { principals } from './source.ts';
import { subjectCondition } from './token-subjects.ts';

/** Reads a Condition of `when`: one of `values` fits, and none of `notValues`. */
export function readCondition(field: Field, rule: RuleContext, portNames: PortNames): AccessParts {
  const key = field.at('key').text() ?? '';
  const values = field.at('values').texts();
  const not = field.at('notValues').texts();
  return (
    conditionParts(key, values, not, rule, portNames) ??
    unsaid(field, rule, `the language has no condition on ${key}`)
  );
}

function conditionParts(
  key: string,
  values: readonly string[] | undefined,
  not: readonly string[] | undefined,
  rule: RuleContext,
  portNames: PortNames,
): AccessParts | undefined {
  const header = /^request\.headers\[(.+)\]$/.exec(key)?.[1];
  if (header !== undefined) {
    const parts = headerParts(header, values, not);
    return parts === undefined ? undefined : { ...parts, asksRequests: true };
  }
  if (key.startsWith('experimental.')) return noteParts(key, values, not, rule);
  if (key.startsWith('request.auth.'))
    return not === undefined ? tokenParts(key, values ?? [], rule) : undefined;
  if (key === 'source.principal')
    return callerParts(values, not, (value, isExcepted) =>
      principals(value, isExcepted ? opposite(rule) : rule),
    );
  if (key === 'source.namespace') return callerParts(values, not, namespace);
  if ((key === 'remote.ip' || key === 'source.ip') && rule.isAtGateway)
    return callerParts(values, not, (value) => [{ address: value }]);
  return key === 'destination.port' ? portParts(values, not ?? [], portNames) : undefined;
}

/** A filter notes `allowed` if its condition holds, else `denied`. */
function noteParts(
  key: string,
  values: readonly string[] | undefined,
  not: readonly string[] | undefined,
  { at, surroundings }: RuleContext,
): AccessParts | undefined {
  const note = /^experimental\.envoy\.filters\.http\.rbac\[(.+)\]$/.exec(key)?.[1] ?? '';
  const isHeld = isSameJson([values ?? [], not ?? []], [['allowed'], []]);
  const isNotDenied = isSameJson([values ?? [], not ?? []], [[], ['denied']]);
  const parts = at === undefined ? undefined : surroundings.notes.get(noteAt(at, note));
  return parts !== undefined && (isHeld || isNotDenied) ? { ...parts, asksRequests: true } : undefined;
}

function tokenParts(key: string, values: readonly string[], rule: RuleContext): AccessParts | undefined {
  if (key === 'request.auth.claims[iss]') return issuerParts(values, rule);
  if (key.startsWith('request.auth.claims['))
    return claimParts(
      [...key.matchAll(/\[([^\]]+)\]/g)].map(([, name = '']) => name),
      values,
    );
  if (key !== 'request.auth.principal') return undefined;
  const when = values.map((value) => subjectCondition(value, rule));
  return when.length > 0 && when.every((one) => one !== undefined) ? { when } : undefined;
}

/** Every token has an issuer; one that is accepted has that of an Authentication. */
function issuerParts(values: readonly string[], { surroundings }: RuleContext): AccessParts | undefined {
  if (values.length === 0) return undefined;
  if (values.includes('*')) return { when: [{ jwt: {} }] };
  if (values.some((value) => value.includes('*'))) return undefined;
  return {
    when: values.map((value): AccessWhen => {
      const issuer = surroundings.issuers.get(value);
      return { jwt: issuer === undefined ? { claims: { iss: [value] } } : { issuer } };
    }),
  };
}

function portParts(
  values: readonly string[] | undefined,
  not: readonly string[],
  portNames: PortNames,
): AccessParts | undefined {
  const named = [...(values ?? []), ...not].map((value) => portNames(Number(value)));
  if (named.includes(undefined)) return undefined;
  const ports = values?.flatMap((value) => portNames(Number(value)) ?? []);
  const others = not.flatMap((value) => portNames(Number(value)) ?? []);
  const except = others.length > 0 ? [{ to: [{ ports: others }] }] : undefined;
  if (ports?.length === 0) return { isNever: true };
  return defined({ to: ports && [{ ports }], except });
}

function namespace(value: string): readonly Principal[] | undefined {
  return value === '*'
    ? [{ authenticated: true }]
    : /^[a-z0-9-]+$/.test(value)
      ? [{ namespace: value }]
      : undefined;
}

function callerParts(
  values: readonly string[] | undefined,
  not: readonly string[] | undefined,
  read: (value: string, isExcepted: boolean) => readonly Principal[] | undefined,
): AccessParts | undefined {
  const from = values?.map((value) => read(value, false));
  const others = not?.map((value) => read(value, true)).filter((one) => one?.length !== 0) ?? [];
  if (from?.includes(undefined) === true || others.includes(undefined)) return undefined;
  const except = others.map((one): AccessException => ({ from: one ?? [] }));
  return {
    ...(from === undefined ? {} : { from: from.flatMap((one) => one ?? []) }),
    ...(except.length > 0 ? { except } : {}),
  };
}

function headerParts(
  name: string,
  values: readonly string[] | undefined,
  not: readonly string[] | undefined,
): AccessParts | undefined {
  if (!isMatchableHeader(name)) return undefined;
  const key = name.toLowerCase();
  const to = values?.map(headerMatch);
  const others = not?.map(headerMatch) ?? [];
  if (to?.includes(undefined) === true || others.includes(undefined)) return undefined;
  const entry = (match: HeaderMatch | undefined): AccessTo => ({ headers: { [key]: match ?? {} } });
  const except = others.map((match): AccessException => ({ to: [entry(match)] }));
  return { ...(to === undefined ? {} : { to: to.map(entry) }), ...(except.length > 0 ? { except } : {}) };
}

function headerMatch(value: string): HeaderMatch | undefined {
  if (!isHeaderValue(value)) return undefined;
  if (value === '*') return { present: true };
  if (value.endsWith('*')) return { prefix: value.slice(0, -1) };
  return value.startsWith('*') ? { suffix: value.slice(1) } : { exact: value };
}

function claimParts(names: readonly string[], values: readonly string[]): AccessParts | undefined {
  if (values.length === 0 || names.length === 0 || values.some((value) => value.includes('*')))
    return undefined;
  const condition = names.reduceRight<ClaimCondition>((inner, name) => ({ [name]: inner }), values);
  return { when: [{ jwt: { claims: condition as Readonly<Record<string, ClaimCondition>> } }] };
}
