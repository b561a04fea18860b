import type { AccessException, AccessTo, Principal } from '../../../spec/types.gen.ts';

/** A condition of a policy, as far as an Access can say it. */
export type Condition =
  | { readonly type: 'caller'; readonly caller: Exclude<Principal, string> }
  | { readonly type: 'call'; readonly to: AccessTo }
  | { readonly type: 'never' }
  | { readonly type: 'unsaid' };

/** A condition, or its opposite. */
export interface Literal {
  readonly condition: Condition;
  readonly isNot: boolean;
}

/** A logical expression over conditions. */
export type Expression =
  | { readonly type: 'literal'; readonly literal: Literal }
  | { readonly type: 'and' | 'or'; readonly all: readonly Expression[] };

/** Callers, calls and exceptions of one rule. */
export interface RuleParts {
  readonly from?: Exclude<Principal, string>;
  readonly to?: AccessTo;
  readonly except: readonly AccessException[];
}

/** More alternatives than these are not written: the expression counts as one that can't be said. */
const most = 64;

/** Returns the opposite of an expression. */
export function opposite(expression: Expression): Expression {
  if (expression.type === 'literal') {
    const { condition, isNot } = expression.literal;
    return { type: 'literal', literal: { condition, isNot: !isNot } };
  }
  return { type: expression.type === 'and' ? 'or' : 'and', all: expression.all.map(opposite) };
}

/**
 * Returns the rules of an expression, of which one has to fit. A condition that can't be said makes an alternative of an allow
 * disappear, and is left out of one of a deny: neither admits a call that the expression refuses. `isExact` is false then.
 */
export function rulesOf(
  expression: Expression,
  isAllow: boolean,
): { readonly rules: readonly RuleParts[]; readonly isExact: boolean } {
  const alternatives = alternativesOf(expression);
  if (alternatives === undefined) return { rules: isAllow ? [] : [{ except: [] }], isExact: false };
  let isExact = true;
  const rules = alternatives.flatMap((literals): readonly RuleParts[] => {
    let rule: RuleParts = { except: [] };
    for (const literal of literals) {
      if (literal.condition.type === 'never') {
        if (literal.isNot) continue;
        return [];
      }
      const next = withLiteral(rule, literal);
      if (next === 'never') return [];
      if (next !== undefined) rule = next;
      else {
        isExact = false;
        if (isAllow) return [];
      }
    }
    return [rule];
  });
  return { rules, isExact };
}

function alternativesOf(expression: Expression): readonly (readonly Literal[])[] | undefined {
  if (expression.type === 'literal') return [[expression.literal]];
  const parts = expression.all.map(alternativesOf);
  let all: readonly (readonly Literal[])[] = expression.type === 'and' ? [[]] : [];
  for (const part of parts) {
    if (part === undefined) return undefined;
    all =
      expression.type === 'and'
        ? all.flatMap((one) => part.map((other) => [...one, ...other]))
        : [...all, ...part];
    if (all.length > most) return undefined;
  }
  return all;
}

/** Returns undefined for a literal that can't be said beside the others. */
function withLiteral(rule: RuleParts, { condition, isNot }: Literal): RuleParts | 'never' | undefined {
  if (condition.type === 'unsaid' || condition.type === 'never') return undefined;
  if (condition.type === 'caller') return withCaller(rule, condition.caller, isNot);
  const { to } = condition;
  const isEverything = Object.keys(to).length === 0;
  if (isNot) return isEverything ? 'never' : { ...rule, except: [...rule.except, { to: [to] }] };
  const both = bothOf(rule.to ?? {}, to);
  return both === undefined ? undefined : { ...rule, to: both };
}

function withCaller(
  rule: RuleParts,
  caller: Exclude<Principal, string>,
  isNot: boolean,
): RuleParts | 'never' | undefined {
  if (isNot) return caller.anyone ? 'never' : { ...rule, except: [...rule.except, { from: [caller] }] };
  if (caller.anyone) return rule;
  const { from } = rule;
  if (from === undefined || JSON.stringify(from) === JSON.stringify(caller)) return { ...rule, from: caller };
  if (from.authenticated && caller.address === undefined) return { ...rule, from: caller };
  if (caller.authenticated && from.address === undefined) return rule;
  const isExclusive = [from, caller].every(({ serviceAccount }) => serviceAccount !== undefined);
  return isExclusive ? 'never' : undefined;
}

function bothOf(one: AccessTo, other: AccessTo): AccessTo | undefined {
  const { headers, ...rest } = other;
  const clashes = Object.keys(rest).some((name) => Object.hasOwn(one, name));
  const names = Object.keys(headers ?? {});
  if (clashes || names.some((name) => Object.hasOwn(one.headers ?? {}, name))) return undefined;
  return { ...one, ...rest, ...(names.length > 0 && { headers: { ...one.headers, ...headers } }) };
}
