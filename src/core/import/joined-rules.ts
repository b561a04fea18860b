import { isSameJson } from '../lib/is-same-json.ts';
import type { Json } from '../lib/json.ts';
import { absoluteId } from '../spec/absolute-id.ts';
import type { HeaderMatch, MeshSpec, RetryMethods, RouteMatch, RouteRule } from '../spec/types.gen.ts';
import type { ReadDocument } from './read-document.ts';

/** The methods that are tried again where nothing names any, but on gRPC ports. */
const usual: readonly string[] = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'TRACE'];

/**
 * Joins rules of Routes of which the first takes some methods and tries them again, and the second takes the other methods of the
 * same requests, and does the same without tries: meshes have no methods in their retries, and the language has. Joins rules for
 * requests without a header and for those with another value of it, too, which is one condition of the language.
 */
export function withJoinedRules(
  documents: readonly ReadDocument[],
  defaults: MeshSpec['defaults'],
): readonly ReadDocument[] {
  const services = new Map<string, RetryMethods | undefined>();
  for (const document of documents)
    if (document.kind === 'Service')
      services.set(`${document.namespace}/${document.name}`, document.spec.retries?.methods);
  return documents.map((document): ReadDocument => {
    if (document.kind !== 'Route' || document.spec.rules === undefined) return document;
    const { namespace, spec } = document;
    const methodsAt = (rule: RouteRule): RetryMethods => {
      const service = spec.service ?? rule.backends?.[0]?.service ?? '';
      const id = absoluteId(service, namespace);
      return rule.retries?.methods ?? services.get(id) ?? defaults?.retries?.methods ?? usual;
    };
    return { ...document, spec: { ...spec, rules: joined(document.spec.rules, methodsAt) } };
  });
}

function joined(
  rules: readonly RouteRule[],
  methodsAt: (rule: RouteRule) => RetryMethods,
): readonly RouteRule[] {
  const result: RouteRule[] = [];
  for (const rule of rules) {
    const before = result.at(-1);
    const both =
      before === undefined
        ? undefined
        : (joinedPair(before, rule, methodsAt(before)) ?? joinedAbsence(before, rule));
    if (both !== undefined) result.pop();
    result.push(both ?? rule);
  }
  return result;
}

/** Returns the rule that does what two rules do; undefined if no single rule does. `tried` are methods that the first tries again. */
function joinedPair(first: RouteRule, second: RouteRule, tried: RetryMethods): RouteRule | undefined {
  const { retries } = first;
  if ((retries?.attempts ?? 0) < 1 || second.retries?.attempts !== 0) return undefined;
  const methods = ownMethods(first, second);
  const again = methods?.filter((method) => tried === 'all' || tried.includes(method)) ?? [];
  if (again.length === 0 || !isSameBut(first, second)) return undefined;
  const name = first.name ?? second.name;
  return {
    ...second,
    ...(name !== undefined && { name }),
    retries: { ...retries, methods: again },
  };
}

/** Returns the rule for requests without a header and for those with another value of it; undefined for other rules. */
function joinedAbsence(first: RouteRule, second: RouteRule): RouteRule | undefined {
  const [one, other] = [first.match ?? [], second.match ?? []];
  const isAlike = isSameBut(first, second) && isSameJson(triesOf(first), triesOf(second));
  if (!isAlike || one.length === 0 || one.length !== other.length) return undefined;
  const match = one.map((without, index) => withoutValue(without, other[index] ?? {}));
  if (match.includes(undefined)) return undefined;
  return { ...second, match: match.filter((found) => found !== undefined) };
}

function triesOf({ retries, name }: RouteRule): Json {
  return { retries, name } as unknown as Json;
}

/** Returns the condition that a header has no such value: it is absent in the first match, and there with another value in the second. */
function withoutValue(first: RouteMatch, second: RouteMatch): RouteMatch | undefined {
  const { headers: one = {}, ...conditions } = first;
  const { headers: other = {}, ...others } = second;
  const [name = '', ...more] = Object.keys(other).filter((key) => !isSameHeader(one[key], other[key]));
  const { present, not, ...rest } = other[name] ?? {};
  const isNegated = present === true && not !== undefined && Object.keys(rest).length === 0;
  const isJoined =
    isNegated &&
    more.length === 0 &&
    isSameHeader(one[name], { present: false }) &&
    Object.keys(one).length === Object.keys(other).length &&
    isSameJson(conditions as unknown as Json, others as unknown as Json);
  return isJoined ? { ...second, headers: { ...other, [name]: { not } } } : undefined;
}

function isSameHeader(one: HeaderMatch | undefined, other: HeaderMatch | undefined): boolean {
  return isSameJson((one ?? null) as Json, (other ?? null) as Json);
}

/** Returns the methods of the matches of a rule whose other conditions are those of the second rule. */
function ownMethods({ match }: RouteRule, { match: wider = [{}] }: RouteRule): readonly string[] | undefined {
  const methods = match?.[0]?.methods;
  if (match === undefined || methods === undefined) return undefined;
  const isSame = isSameJson(
    match.map((one) => ({ ...withoutMethods(one), methods })) as unknown as Json,
    match as unknown as Json,
  );
  const isWithin = wider.every((one) => methods.every((method) => one.methods?.includes(method) ?? true));
  const rest = isSameJson(
    match.map(withoutMethods) as unknown as Json,
    wider.map(withoutMethods) as unknown as Json,
  );
  return isSame && isWithin && rest ? methods : undefined;
}

function withoutMethods({ methods: _, ...match }: RouteMatch): RouteMatch {
  return match;
}

/** Returns true for rules that differ in matches, retries and names alone; each rule counts its own requests, unless both are given one limit. */
function isSameBut(first: RouteRule, second: RouteRule): boolean {
  const rest = ({ match: _match, retries: _retries, name: _name, ...others }: RouteRule): unknown => others;
  return first.rateLimit === second.rateLimit && isSameJson(rest(first) as Json, rest(second) as Json);
}
