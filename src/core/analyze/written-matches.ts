import { type At, entriesOf, itemsOf } from '../ir/link/written.ts';
import type { Spec } from '../spec/spec.ts';
import type { HeaderMatches, PathMatch, QueryMatch, StringMatch } from '../spec/types.gen.ts';

/** Every condition on a path in a spec: in Routes, in Access and in calls. */
export function* writtenPaths(spec: Spec): Iterable<PathMatch> {
  for (const { value } of spec.routes) {
    for (const rule of value.spec.rules) for (const { path } of rule.match ?? []) if (path !== undefined) yield path;
  }
  for (const { value } of spec.accesses) {
    for (const rule of value.spec.rules ?? []) {
      for (const to of (rule.allow ?? rule.deny)?.to ?? []) yield* to.paths ?? [];
    }
  }
  for (const { value } of spec.services) {
    for (const call of value.spec.calls ?? []) if (typeof call !== 'string') yield* call.paths ?? [];
  }
}

/** Every condition on a value (of a header or a query parameter) in a spec. */
export function* writtenValues(spec: Spec): Iterable<StringMatch> {
  for (const { value } of spec.routes) {
    for (const rule of value.spec.rules) {
      for (const { headers, query } of rule.match ?? []) {
        yield* headerValues(headers);
        yield* Object.values<QueryMatch>(query ?? {});
      }
    }
  }
  for (const { value } of spec.accesses) {
    for (const rule of value.spec.rules ?? []) {
      for (const { headers } of (rule.allow ?? rule.deny)?.to ?? []) yield* headerValues(headers);
    }
  }
}

/** Every list of methods in a spec, method by method with its place. */
export function* writtenMethods(spec: Spec): Iterable<readonly [string, At]> {
  for (const { value } of spec.routes) {
    for (const rule of value.spec.rules) {
      for (const { methods } of rule.match ?? []) yield* itemsOf(methods);
      yield* itemsOf(rule.retries?.methods);
      yield* itemsOf(rule.cors?.allowMethods);
    }
  }
  for (const { value } of spec.accesses) {
    for (const rule of value.spec.rules ?? []) {
      for (const { methods } of (rule.allow ?? rule.deny)?.to ?? []) yield* itemsOf(methods);
    }
  }
  for (const { value } of spec.services) {
    for (const call of value.spec.calls ?? []) if (typeof call !== 'string') yield* itemsOf(call.methods);
    yield* itemsOf(value.spec.retries?.methods);
  }
}

function* headerValues(headers: HeaderMatches | undefined): Iterable<StringMatch> {
  for (const [, match] of entriesOf(headers)) {
    yield match;
    if (match.not !== undefined) yield match.not;
  }
}
