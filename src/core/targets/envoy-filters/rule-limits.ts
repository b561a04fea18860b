import type { RuleRateLimit } from '../../ir/route.ts';
import type { Json } from '../artifact.ts';
import { tokenBucket } from './token-bucket.ts';

/** The limit of one rule under an id that its routes carry: however many routes a rule becomes, its bucket is one. */
export interface NamedLimit {
  readonly id: string;
  readonly limit: RuleRateLimit;
}

const space = 'meshwright';
const key = 'limit';

/** More users than this at once share the time of the ones heard of longest ago. */
const buckets = 65_536;

/** Envoy insists on a bucket for what no descriptor names: one that never empties. */
const bottomless: Json = { max_tokens: 4_294_967_295, tokens_per_fill: 4_294_967_295, fill_interval: '1s' };

const always: Json = { default_value: { numerator: 100, denominator: 'HUNDRED' } };

/** Metadata of the routes of a rule that is limited. */
export function limitMetadata(id: string): { readonly metadata: Json } {
  return { metadata: { filter_metadata: { [space]: { [key]: id } } } };
}

/** The buckets of all rules of a virtual host: fields of Envoy's LocalRateLimit. */
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

/** How a request comes to its descriptor: by the id that its route carries, and a header's value where one is the key. */
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
