import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { RouteRule } from '../../../spec/types.gen.ts';
import { inPrecedence } from '../../gateway-api-objects/read/rule-order.ts';
import type { RankedRule } from './rules.ts';

/** A prefix that a rule exchanges. */
interface Exchange {
  readonly prefix: string;
  readonly replacement: string;
}

/** A rule with the rule that it is a part of: matches of one `whole` make the same of the paths that they take. */
interface Part {
  readonly one: RankedRule;
  readonly whole: RouteRule;
  readonly base?: Exchange;
}

/**
 * Returns rules in the order in which the first that fits is the one that Kuma takes. Neighbours of which one exchanges a prefix,
 * and the others make the same of paths below it, are put in order as one rule: Kuma has a rule for each such path.
 */
export function inOrder(rules: readonly RankedRule[]): readonly RankedRule[] {
  const parts = runs(rules).flatMap(partsOf);
  const byToken = new Map<RankedRule, Part>();
  const tokens = parts.map((part) => {
    const token = { rank: part.one.rank, match: part.one.match, rule: part.whole };
    byToken.set(token, part);
    return token;
  });
  return inPrecedence(tokens).flatMap((token) => byToken.get(token)?.one ?? []);
}

/** Returns neighbours that differ in matches and in changes of paths alone. */
function runs(rules: readonly RankedRule[]): readonly (readonly RankedRule[])[] {
  const found: { readonly key: string; readonly rules: RankedRule[] }[] = [];
  for (const one of rules) {
    const key = canonicalJson(withoutChange(one.rule));
    const last = found.at(-1);
    if (last?.key === key) last.rules.push(one);
    else found.push({ key, rules: [one] });
  }
  return found.map((run) => run.rules);
}

function partsOf(run: readonly RankedRule[]): readonly Part[] {
  const bases = run
    .flatMap((one) => exchangeOf(one) ?? [])
    .toSorted((one, other) => one.prefix.length - other.prefix.length);
  const wholes = new Map<string, RouteRule>();
  return run.map((one) => {
    const base = bases.find((exchange) => isBelow(one, exchange));
    if (base === undefined) return { one, whole: one.rule };
    // Rules that go on to different replacements are different rules.
    const known = wholes.get(base.replacement) ?? withoutChange(one.rule);
    wholes.set(base.replacement, known);
    return { one, whole: known, base };
  });
}

/** Returns the prefix that a rule exchanges by path element. */
function exchangeOf({ match, rule }: RankedRule): Exchange | undefined {
  const { prefix } = match.path ?? {};
  const replacement = changeOf(rule).replacePrefix;
  return prefix === undefined || replacement === undefined
    ? undefined
    : { prefix: bare(prefix), replacement };
}

/** Returns true if a rule makes the same of its paths as the exchange of a prefix above them. */
function isBelow({ match, rule }: RankedRule, { prefix, replacement }: Exchange): boolean {
  const { exact, prefix: own } = match.path ?? {};
  const path = exact ?? (own === undefined ? undefined : bare(own));
  if (path === undefined || !(path === prefix || path.startsWith(`${prefix}/`))) return false;
  const made = `${bare(replacement)}${path.slice(prefix.length)}`;
  const change = changeOf(rule);
  const said = exact === undefined ? change.replacePrefix : change.replaceFull;
  return said !== undefined && (said === made || (made === '' && said === '/'));
}

function changeOf({ rewrite, redirect }: RouteRule): {
  readonly replaceFull?: string;
  readonly replacePrefix?: string;
} {
  const path = redirect?.path;
  if (typeof path === 'string') return { replaceFull: path };
  return path ?? rewrite?.path ?? {};
}

function withoutChange(rule: RouteRule): RouteRule {
  const { rewrite, redirect, ...others } = rule;
  const { path: _, ...address } = redirect ?? {};
  const { path: __, ...host } = rewrite ?? {};
  return {
    ...others,
    ...(redirect && { redirect: address }),
    ...(rewrite && Object.keys(host).length > 0 && { rewrite: host }),
  };
}

function bare(path: string): string {
  return path.replace(/\/+$/, '');
}
