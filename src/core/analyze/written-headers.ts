import { entriesOf, itemsOf, type SpecPlace } from '../ir/link/spec-place.ts';
import { accessTargets, routeMatches } from '../ir/link/written-matches.ts';
import type { Spec } from '../spec/spec.ts';
import type { HeaderChanges, Settings } from '../spec/types.gen.ts';

/** A header name of the spec and its place. */
type WrittenHeader = readonly [name: string, at: SpecPlace];

/** Yields every header that a Route or an Access matches; the place is the key. */
export function* writtenHeaderMatches(spec: Spec): Iterable<WrittenHeader> {
  for (const { headers } of [...routeMatches(spec), ...accessTargets(spec)]) yield* keys(headers);
}

/** Yields every header that a Route or a claim of a token changes; the place is the key, or the item of `remove`. */
export function* writtenHeaderChanges(spec: Spec): Iterable<WrittenHeader> {
  for (const { headers } of spec.routes.flatMap(({ value }) => value.spec.rules)) {
    yield* changes(headers?.request);
    yield* changes(headers?.response);
  }
  for (const { value } of spec.authentications)
    for (const [, { claimHeaders }] of entriesOf(value.spec.issuers)) yield* keys(claimHeaders);
}

/** Yields every header whose value tells requests apart, for a limit or for affinity; the place is the value. */
export function* writtenHeaderKeys(spec: Spec): Iterable<WrittenHeader> {
  for (const { rateLimit } of spec.routes.flatMap(({ value }) => value.spec.rules))
    if (rateLimit?.key !== undefined)
      yield [rateLimit.key.header, { container: rateLimit.key, key: 'header' }];
  for (const settings of writtenSettings(spec)) {
    const affinity = settings?.loadBalancing?.affinity;
    if (affinity?.header !== undefined) yield [affinity.header, { container: affinity, key: 'header' }];
  }
}

function writtenSettings(spec: Spec): readonly (Pick<Settings, 'loadBalancing'> | undefined)[] {
  return [
    spec.mesh.value.spec.defaults,
    ...spec.profiles.map(({ value }) => value.spec.settings),
    ...[...spec.services, ...spec.externals].map(({ value }) => value.spec),
  ];
}

function* changes(written: HeaderChanges | undefined): Iterable<WrittenHeader> {
  yield* keys(written?.set);
  yield* keys(written?.add);
  yield* itemsOf(written?.remove);
}

function* keys(map: Readonly<Record<string, unknown>> | undefined): Iterable<WrittenHeader> {
  for (const [name, , at] of entriesOf(map)) yield [name, at];
}
