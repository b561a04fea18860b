import type { Field } from '../../../../import/field.ts';
import type { ReadDocument } from '../../../../import/read-document.ts';
import { isSameJson } from '../../../../lib/is-same-json.ts';
import type { Json } from '../../../../lib/json.ts';
import type { RuleRateLimit } from '../../../../spec/types.gen.ts';
import type { KnownExternal, Surroundings } from '../surroundings.ts';
import { type LimitTable, type ReadLimit, readLimitTable, readTags, type Tag } from './limit-tables.ts';
import { isBareLimit, limitFilter, plainLimit } from './local-limits.ts';
import { fieldsOf } from './message.ts';
import { differInMethods, type NativeRule, type RulePlace } from './native-rules.ts';
import { filterPlace, overrideOf, type Patch, routePlace } from './patch.ts';
import type { PatchBook } from './patch-book.ts';

/** The limits that proxies keep where they route. */
export interface RoutedLimits {
  /** Limits of rules, by the items of `http`. */
  readonly ofRules: ReadonlyMap<Field, RuleRateLimit>;
  /** Limits of Externals. */
  readonly documents: readonly ReadDocument[];
}

/** Reads limits that proxies and gateways keep where they route: those of rules, and those of Externals. */
export function readRoutedLimits(
  book: PatchBook,
  rules: readonly NativeRule[],
  { externals }: Surroundings,
): RoutedLimits {
  const filters = book.all.filter(isFilter);
  const routed = book.all.filter(
    (patch) => routePlace(patch) !== undefined && patch.context !== 'SIDECAR_INBOUND',
  );
  const tables = routed.flatMap((patch) => {
    const table =
      routePlace(patch)?.rule === undefined ? readLimitTable(overrideOf(patch, limitFilter)) : undefined;
    return table === undefined ? [] : [{ patch, table }];
  });
  const tags = routed.flatMap((patch) => {
    const read = routePlace(patch)?.rule === undefined ? undefined : readTags(patch.value);
    return read === undefined ? [] : [{ patch, tags: read }];
  });
  const uses = [
    ...routed.flatMap((patch) => plainUse(patch, rules)),
    ...tags.flatMap((one) => taggedUses(one, tables, rules, externals)),
  ];
  for (const { patch, table } of tables) {
    const isWhole = table.limits.every((limit) => uses.some((use) => use.limit === limit));
    if (!isWhole) book.refuse(patch, 'no rule of the input has these limits');
  }
  const isFiltered = ({ patch }: Use): boolean => filters.some((filter) => serves(filter, patch));
  const groups = [...byKey(uses).values()];
  const said = groups.filter((group) => group.every(isFiltered) && isExact(group, rules, externals));
  const kept = new Set(
    said.flat().flatMap((use) => [use.patch, ...(use.table === undefined ? [] : [use.table])]),
  );
  const broken = new Set(
    groups
      .filter((group) => !said.includes(group))
      .flatMap((group) =>
        group.flatMap((use) => [use.patch, ...(use.table === undefined ? [] : [use.table])]),
      ),
  );
  for (const patch of broken) book.refuse(patch, unsaid);
  for (const patch of kept) if (!broken.has(patch)) book.carry(patch);
  const isRead = (use: Use): boolean =>
    !broken.has(use.patch) && (use.table === undefined || !broken.has(use.table));
  const read = said.filter((group) => group.every(isRead));
  markFilters(book, filters, uses);
  return {
    ofRules: new Map(
      read.flatMap((group) =>
        group.flatMap(({ rule, external, limit }) =>
          external === undefined ? [[rule.field, limit.limit] as const] : [],
        ),
      ),
    ),
    documents: read.flatMap(externalDocument),
  };
}

/** Marks filters that only count what virtual hosts and rules give them. */
function markFilters(book: PatchBook, filters: readonly Patch[], uses: readonly Use[]): void {
  for (const filter of filters) {
    const own = uses.filter(({ patch }) => serves(filter, patch));
    if (own.length === 0) book.setAside(filter, 'no virtual host and no rule gives the filter a limit');
    else if (own.every((use) => !book.isOpen(use.patch))) book.carry(filter);
    else book.refuse(filter, unsaid);
  }
}

const unsaid =
  'a limit of the spec is that of one rule at every proxy that routes by it, with one bucket or one for each value of a header, or that of all calls to an External';

/** One limit at one rule in one virtual host. */
interface Use {
  readonly patch: Patch;
  /** The patch that has the limits of the virtual host, where the rule has a tag alone. */
  readonly table?: Patch;
  readonly limit: ReadLimit;
  readonly rule: NativeRule;
  readonly place: RulePlace;
  readonly external?: KnownExternal;
}

/** Returns true for a filter right before the router that has no limit of its own. */
function isFilter(patch: Patch): boolean {
  const value = fieldsOf(patch.value, ['name', 'typed_config']);
  return (
    patch.context !== 'SIDECAR_INBOUND' &&
    filterPlace(patch)?.position === 'last' &&
    value?.['name'] === limitFilter &&
    isBareLimit(value['typed_config'])
  );
}

/** Returns true if every proxy that a patch is for has a filter. */
function serves(filter: Patch, patch: Patch): boolean {
  if (filter.context !== 'ANY' && filter.context !== patch.context) return false;
  return filter.scope.type === 'all' || isSameScope(filter, patch);
}

function isSameScope({ scope: one }: Patch, { scope: other }: Patch): boolean {
  if (one.type !== 'pods' || other.type !== 'pods') return one.type === other.type && one.type === 'all';
  const ids = (scope: typeof one): string =>
    JSON.stringify([scope.services, scope.gateways.map(({ id }) => id)]);
  return ids(one) === ids(other);
}

/** Returns the rules and virtual hosts that a patch of a rule changes: at all sidecars, or at gateways with its labels. */
function rulesAt(patch: Patch, rules: readonly NativeRule[]): readonly Pick<Use, 'rule' | 'place'>[] {
  const at = routePlace(patch);
  const { scope, context } = patch;
  return rules
    .filter(({ name }) => name === at?.rule)
    .flatMap((rule) =>
      rule.places
        .filter((place) => {
          if (place.vhost !== at?.vhost || context !== place.context) return false;
          if (scope.type === 'all') return true;
          return scope.type === 'pods' && scope.gateways.some(({ id }) => id === place.gateway);
        })
        .map((place) => ({ rule, place })),
    );
}

/** A rule with a bucket of its own. */
function plainUse(patch: Patch, rules: readonly NativeRule[]): readonly Use[] {
  const bucket =
    routePlace(patch)?.rule === undefined ? undefined : plainLimit(overrideOf(patch, limitFilter));
  if (bucket === undefined) return [];
  const limit: ReadLimit = { tag: { space: '', key: '', value: '' }, limit: bucket };
  return rulesAt(patch, rules).map((at) => ({ patch, limit, ...at }));
}

/** Rules with tags that limits of their virtual hosts count by. */
function taggedUses(
  { patch, tags }: { readonly patch: Patch; readonly tags: readonly Tag[] },
  tables: readonly { readonly patch: Patch; readonly table: LimitTable }[],
  rules: readonly NativeRule[],
  externals: readonly KnownExternal[],
): readonly Use[] {
  const own = tables.filter(
    (one) =>
      one.patch.context === patch.context &&
      isSameScope(one.patch, patch) &&
      routePlace(one.patch)?.vhost === routePlace(patch)?.vhost,
  );
  const [only, ...others] = own;
  if (only === undefined || others.length > 0) return [];
  const at = rulesAt(patch, rules);
  return tags.flatMap((tag) =>
    only.table.limits
      .filter(({ tag: wanted }) => isSameJson({ ...wanted }, { ...tag }))
      .flatMap((limit) => {
        const external = externals.find(({ id }) => id === tag.value);
        const counted = external !== undefined && limit.limit.key === undefined ? { external } : {};
        return at.map((one) => ({ patch, table: only.patch, limit, ...one, ...counted }));
      }),
  );
}

/** Uses of one limit of the spec: those of one rule, or of one External. */
function byKey(uses: readonly Use[]): ReadonlyMap<unknown, readonly Use[]> {
  const groups = new Map<unknown, Use[]>();
  for (const use of uses) {
    const { document, name } = use.rule;
    const key = use.external?.id ?? `${document.namespace}/${document.name} ${name}`;
    groups.set(key, [...(groups.get(key) ?? []), use]);
  }
  return groups;
}

/** Returns true if one limit of the spec says exactly what the patches do. */
function isExact(
  group: readonly Use[],
  rules: readonly NativeRule[],
  externals: readonly KnownExternal[],
): boolean {
  const [first] = group;
  if (first === undefined) return false;
  const { external } = first;
  if (
    !group.every(({ limit }) =>
      isSameJson(limit.limit as unknown as Json, first.limit.limit as unknown as Json),
    )
  )
    return false;
  const counted = rules.filter((rule) =>
    external === undefined ? group.some((use) => use.rule === rule) : goesTo(rule, external, externals),
  );
  // Rules of one name share a bucket, and are one rule of the spec only if they differ in their methods.
  const [one, other, ...more] = counted;
  const isOne =
    other === undefined || (one !== undefined && more.length === 0 && differInMethods(one, other));
  if (external === undefined && !isOne) return false;
  const wanted = counted.flatMap((rule) => rule.places.map((place) => ({ rule, place })));
  const isCounted = (one: (typeof wanted)[number]): number =>
    group.filter(({ rule, place }) => rule === one.rule && place === one.place).length;
  return group.every(({ rule }) => counted.includes(rule)) && wanted.every((one) => isCounted(one) === 1);
}

/** Returns true for a rule that sends all of its requests to an External. */
function goesTo(
  { targets }: NativeRule,
  { id }: KnownExternal,
  externals: readonly KnownExternal[],
): boolean {
  return (
    targets.length > 0 &&
    targets.every((host) => externals.find(({ hosts }) => hosts.includes(host.toLowerCase()))?.id === id)
  );
}

function externalDocument(group: readonly Use[]): readonly ReadDocument[] {
  const [first] = group;
  if (first?.external === undefined) return [];
  const [namespace = '', name = ''] = first.external.id.split('/');
  const { requests, per, burst } = first.limit.limit;
  const rateLimit = { requests, per, ...(burst !== undefined && { burst }) };
  return [{ kind: 'External', namespace, name, spec: { rateLimit }, from: [first.patch.document.root] }];
}
