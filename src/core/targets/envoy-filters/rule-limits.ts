import type { Ir } from '../../ir/ir.ts';
import type { Rule, RuleRateLimit } from '../../ir/route.ts';
import type { RateLimit } from '../../ir/settings.ts';
import type { Json } from '../artifact.ts';
import { tokenBucket } from './token-bucket.ts';

/** The limit of one rule or External, and its id in routes: routes with the same id share one bucket. */
export interface NamedLimit {
  readonly of: 'rule' | 'external';
  readonly id: string;
  readonly limit: RateLimit & Pick<RuleRateLimit, 'keyHeader'>;
}

const space = 'meshwright';

/** Key of the id in the metadata of a route and in descriptors. */
const keys = { rule: 'limit', external: 'external' } as const;

/**
 * Returns the limits that count the requests of a rule at the proxy that routes; `name` is the name of the rule's
 * routes.
 */
export function limitsOfRule(ir: Ir, { action }: Rule, name: string): readonly NamedLimit[] {
  if (action.type !== 'forward') return [];
  const { rateLimit, backends } = action;
  const external = ir.externals[backends[0]?.service ?? ''];
  const counted = backends.every(({ service }) => service === external?.id) ? external : undefined;
  const limit = counted?.settings.rateLimit;
  return [
    ...(rateLimit === undefined ? [] : [{ of: 'rule' as const, id: name, limit: rateLimit }]),
    ...(counted === undefined || limit === undefined
      ? []
      : [{ of: 'external' as const, id: counted.id, limit }]),
  ];
}

/** The number of users' buckets that Envoy keeps; a further user replaces the one that was seen longest ago. */
const buckets = 65_536;

/** A bucket that never becomes empty, for requests without a descriptor: Envoy requires one. */
const bottomless: Json = { max_tokens: 4_294_967_295, tokens_per_fill: 4_294_967_295, fill_interval: '1s' };

const always: Json = { default_value: { numerator: 100, denominator: 'HUNDRED' } };

/** Returns the metadata of the routes of a limited rule. */
export function limitMetadata(limits: readonly NamedLimit[]): { readonly metadata: Json } {
  const ids = Object.fromEntries(limits.map(({ of, id }) => [keys[of], id]));
  return { metadata: { filter_metadata: { [space]: ids } } };
}

/** Envoy's actions that produce the ids of a request's limits. */
export type IdSources = Readonly<Record<NamedLimit['of'], Json>>;

/**
 * Returns the fields of Envoy's LocalRateLimit for all limited rules of a virtual host. Their ids are in the metadata
 * of routes, or `sources` produce them.
 */
export function ruleLimits(
  named: readonly NamedLimit[],
  sources: IdSources = inMetadata,
): { readonly [field: string]: Json } {
  const limits = [...new Map(named.map((limit) => [`${limit.of} ${limit.id}`, limit])).values()];
  return {
    stat_prefix: 'rules',
    token_bucket: bottomless,
    always_consume_default_token_bucket: false,
    max_dynamic_descriptors: buckets,
    filter_enabled: always,
    filter_enforced: always,
    rate_limits: descriptorSources(limits, sources),
    descriptors: limits.map(({ of, id, limit }) => ({
      entries: [
        { key: keys[of], value: id },
        ...(limit.keyHeader === undefined ? [] : [{ key: limit.keyHeader }]),
      ],
      token_bucket: tokenBucket(limit),
    })),
  };
}

/** Returns the sources of a request's descriptor: the id of its limit, and the value of a header if a limit has one as key. */
function descriptorSources(limits: readonly NamedLimit[], sources: IdSources): Json {
  const { rule } = sources;
  const headers = [...new Set(limits.flatMap(({ limit }) => limit.keyHeader ?? []))].sort();
  const shared = limits.some(({ of, limit }) => of === 'rule' && limit.keyHeader === undefined);
  const external = limits.some(({ of }) => of === 'external');
  return [
    ...(shared ? [{ actions: [rule] }] : []),
    ...(external ? [{ actions: [sources.external] }] : []),
    ...headers.map((name) => ({
      actions: [rule, { request_headers: { header_name: name, descriptor_key: name } }],
    })),
  ];
}

function idSource(key: string): Json {
  return {
    metadata: { descriptor_key: key, metadata_key: { key: space, path: [{ key }] }, source: 'ROUTE_ENTRY' },
  };
}

const inMetadata: IdSources = { rule: idSource(keys.rule), external: idSource(keys.external) };

/** Returns sources that find the limits of a route by its name, for proxies whose routes accept no metadata from us. */
export function idsByRoute(
  rules: readonly { readonly name: string; readonly limits: readonly NamedLimit[] }[],
): IdSources {
  const idOf = (of: NamedLimit['of']): string =>
    rules.reduceRight((others, { name, limits }) => {
      const id = limits.find((limit) => limit.of === of)?.id;
      return id === undefined
        ? others
        : `xds.route_name == ${JSON.stringify(name)} ? ${JSON.stringify(id)} : ${others}`;
    }, '""');
  return {
    rule: expressionSource(keys.rule, idOf('rule')),
    external: expressionSource(keys.external, idOf('external')),
  };
}

function expressionSource(key: string, text: string): Json {
  const message = 'envoy.extensions.rate_limit_descriptors.expr.v3.Descriptor';
  const config = { '@type': `type.googleapis.com/${message}`, descriptor_key: key, text };
  return { extension: { name: 'envoy.rate_limit_descriptors.expr', typed_config: config } };
}
