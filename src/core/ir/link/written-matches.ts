import type { Spec } from '../../spec/spec.ts';
import type {
  AccessTo,
  Call,
  CookieMatches,
  HeaderMatches,
  PathMatch,
  QueryMatch,
  Retries,
  RouteMatch,
  StringMatch,
} from '../../spec/types.gen.ts';
import { entriesOf, itemsOf, type SpecPlace } from './spec-place.ts';

/** Returns every match of a Route in a spec. */
export const routeMatches = oncePerSpec(function* (spec): Iterable<RouteMatch> {
  for (const { match } of spec.routes.flatMap(({ value }) => value.spec.rules)) yield* match ?? [];
});

/** Returns every entry of `to` in the Access rules of a spec, in their exceptions and in external authorization. */
export const accessTargets = oncePerSpec(function* (spec): Iterable<AccessTo> {
  const rules = spec.accesses.flatMap(({ value }) => value.spec.rules ?? []);
  const asked = spec.authentications.map(({ value }) => value.spec.externalAuthorization);
  for (const one of [...rules.map(({ allow, deny }) => allow ?? deny), ...asked]) {
    yield* one?.to ?? [];
    for (const { to } of one?.except ?? []) yield* to ?? [];
  }
});

/** Returns every condition on a path in a spec: in Routes, in Access and in calls. */
export const writtenPaths = oncePerSpec(function* (spec): Iterable<PathMatch> {
  for (const { path } of routeMatches(spec)) if (path !== undefined) yield path;
  for (const { paths } of accessTargets(spec)) yield* paths ?? [];
  for (const { paths } of writtenCalls(spec)) yield* paths ?? [];
});

/** Returns every condition on a value (of a header, a cookie or a query parameter) in a spec. */
export const writtenValues = oncePerSpec(function* (spec): Iterable<StringMatch> {
  for (const { headers, cookies, query } of routeMatches(spec)) {
    yield* headerValues(headers);
    yield* headerValues(cookies);
    yield* Object.values<QueryMatch>(query ?? {});
  }
  for (const { headers, cookies } of accessTargets(spec)) {
    yield* headerValues(headers);
    yield* headerValues(cookies);
  }
});

/** Yields every condition on a value of a header in a spec. */
export function* writtenHeaderValues(spec: Spec): Iterable<StringMatch> {
  for (const { headers } of [...routeMatches(spec), ...accessTargets(spec)]) yield* headerValues(headers);
}

/** Yields every condition on a query parameter in a spec. */
export function* writtenQueries(spec: Spec): Iterable<QueryMatch> {
  for (const { query } of routeMatches(spec)) yield* Object.values<QueryMatch>(query ?? {});
}

/** Yields every method in every list of methods in a spec, with its place. */
export function* writtenMethods(spec: Spec): Iterable<readonly [string, SpecPlace]> {
  for (const { methods } of routeMatches(spec)) yield* itemsOf(methods);
  for (const { methods } of accessTargets(spec)) yield* itemsOf(methods);
  for (const { methods } of writtenCalls(spec)) yield* itemsOf(methods);
  for (const { retries, cors } of spec.routes.flatMap(({ value }) => value.spec.rules)) {
    yield* retried(retries);
    yield* itemsOf(cors?.allowMethods);
  }
  for (const { value } of [...spec.services, ...spec.externals]) yield* retried(value.spec.retries);
  for (const { value } of spec.profiles) yield* retried(value.spec.settings.retries);
  yield* retried(spec.mesh.value.spec.defaults?.retries);
}

function* writtenCalls(spec: Spec): Iterable<Exclude<Call, string>> {
  for (const call of spec.services.flatMap(({ value }) => value.spec.calls ?? [])) {
    if (typeof call !== 'string') yield call;
  }
}

function* headerValues(headers: HeaderMatches | CookieMatches | undefined): Iterable<StringMatch> {
  for (const [, match] of entriesOf(headers)) {
    yield match;
    if (match.not !== undefined) yield match.not;
  }
}

function* retried(retries: Retries | undefined): Iterable<readonly [string, SpecPlace]> {
  if (typeof retries?.methods === 'object') yield* itemsOf(retries.methods);
}

/** Returns a function that walks each spec only once and keeps the list, since many checks use it. */
function oncePerSpec<T>(walk: (spec: Spec) => Iterable<T>): (spec: Spec) => readonly T[] {
  const known = new WeakMap<Spec, readonly T[]>();
  return (spec) => {
    const list = known.get(spec) ?? [...walk(spec)];
    known.set(spec, list);
    return list;
  };
}
