import type { RuleRateLimit } from '../../ir/route.ts';
import type { Json } from '../artifact.ts';
import { tokenBucket } from './token-bucket.ts';

/** The limit of one rule, and the id that the routes of the rule carry: they share one bucket. */
export interface NamedLimit {
  readonly id: string;
  readonly limit: RuleRateLimit;
}

const space = 'meshwright';
const key = 'limit';

/** Envoy keeps as many buckets of users; another user takes the place of the one not seen for longest. */
const buckets = 65_536;

/** A bucket that never empties, for requests without a descriptor: Envoy insists on one. */
const bottomless: Json = { max_tokens: 4_294_967_295, tokens_per_fill: 4_294_967_295, fill_interval: '1s' };

const always: Json = { default_value: { numerator: 100, denominator: 'HUNDRED' } };

/** Returns the metadata of the routes of a limited rule. */
export function limitMetadata(id: string): { readonly metadata: Json } {
  return { metadata: { filter_metadata: { [space]: { [key]: id } } } };
}

/** Returns the fields of Envoy's LocalRateLimit for all limited rules of a virtual host. */
export function ruleLimits(limits: readonly NamedLimit[]): { readonly [field: string]: Json } {
  return {
    stat_prefix: 'rules',
    token_bucket: bottomless,
    always_consume_default_token_bucket: false,
    max_dynamic_descriptors: buckets,
    filter_enabled: always,
    filter_enforced: always,
    rate_limits: descriptorSources(limits),
    descriptors: limits.map(({ id, limit }) => ({
      entries: [{ key, value: id }, ...(limit.keyHeader === undefined ? [] : [{ key: limit.keyHeader }])],
      token_bucket: tokenBucket(limit),
    })),
  };
}

/** Returns the sources of a request's descriptor: the id in its route, and the value of a header if a limit has one as key. */
function descriptorSources(limits: readonly NamedLimit[]): Json {
  const id: Json = {
    metadata: { descriptor_key: key, metadata_key: { key: space, path: [{ key }] }, source: 'ROUTE_ENTRY' },
  };
  const headers = [...new Set(limits.flatMap(({ limit }) => limit.keyHeader ?? []))].sort();
  const shared = limits.some(({ limit }) => limit.keyHeader === undefined);
  return [
    ...(shared ? [{ actions: [id] }] : []),
    ...headers.map((name) => ({
      actions: [id, { request_headers: { header_name: name, descriptor_key: name } }],
    })),
  ];
}
