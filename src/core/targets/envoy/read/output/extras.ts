import type { Field } from '../../../../import/field.ts';
import type { Fault, RouteRule } from '../../../../spec/types.gen.ts';
import { hole, maybe, optional } from './forms.ts';
import type { Reading } from './reading.ts';
import { readLiteral, readOptions, readPercent, readTime } from './values.ts';

/** The settings of filters for one route, and its limits. */
export interface ReadExtras {
  readonly response: { readonly set: object; readonly add: object; readonly remove: readonly string[] };
  /** Headers of answers about origins. */
  readonly told: readonly { readonly name: string; readonly value: string }[];
  readonly fault: Fault | undefined;
  /** The ids of limits that count the requests. */
  readonly limits: { readonly rule?: string; readonly external?: string };
  /** Filters that are off here. */
  readonly off: readonly string[];
  /** The port at which a host is called that is resolved by name. */
  readonly dialled: number | undefined;
}

const type = (message: string) => `type.googleapis.com/${message}`;
const grpc = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;

/** Reads `typed_per_filter_config` and `metadata` of a route. */
export function readExtras(reading: Reading, route: Field): ReadExtras {
  const config = route.at('typed_per_filter_config');
  const found = {
    response: { set: {}, add: {}, remove: [] as readonly string[] },
    told: [] as ReadExtras['told'],
    fault: undefined as Fault | undefined,
    off: [] as string[],
    dialled: undefined as number | undefined,
  };
  if (config.isPresent)
    for (const [name, field] of config.entries()) {
      if (field.at('@type').value === type('envoy.config.route.v3.FilterConfig')) {
        reading.take(field, { '@type': type('envoy.config.route.v3.FilterConfig'), disabled: true });
        found.off.push(name);
      } else if (name === 'envoy.filters.http.header_mutation')
        Object.assign(found, readMutations(reading, field));
      else if (name === 'envoy.filters.http.fault') found.fault = readFault(reading, field);
      else if (name === 'envoy.filters.http.set_filter_state') found.dialled = readDialled(reading, field);
      else reading.report(field, 'no such filter');
    }
  const metadata = route.at('metadata');
  const { rule, external } = metadata.isPresent
    ? reading.take(metadata, {
        filter_metadata: { meshwright: { limit: maybe('rule'), external: maybe('external') } },
      })
    : { rule: undefined, external: undefined };
  const [ruleId, externalId] = [rule?.text(), external?.text()];
  return {
    ...found,
    limits: {
      ...(ruleId !== undefined && { rule: ruleId }),
      ...(externalId !== undefined && { external: externalId }),
    },
  };
}

function readMutations(reading: Reading, field: Field): Pick<ReadExtras, 'response' | 'told'> {
  const { list } = reading.take(field, {
    '@type': type('envoy.extensions.filters.http.header_mutation.v3.HeaderMutationPerRoute'),
    mutations: { response_mutations: hole('list') },
  });
  const remove: string[] = [];
  const kept: Field[] = [];
  const told: { name: string; value: string }[] = [];
  for (const one of list.items()) {
    if (one.at('remove').isPresent)
      remove.push(reading.take(one, { remove: hole('name') }).name.text() ?? '');
    else if (one.along('append', 'keep_empty_value').isPresent)
      kept.push(reading.take(one, { append: hole('option') }).option);
    else {
      const { key, value } = reading.take(one, {
        append: {
          header: { key: hole('key'), value: hole('value') },
          append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
        },
      });
      const name = key.text() ?? '';
      const isOrigin = name === 'access-control-allow-origin';
      if (isOrigin) reading.take(value, '%REQ(ORIGIN)%');
      told.push({ name, value: isOrigin ? '' : readLiteral(reading, value) });
    }
  }
  return { response: { ...readOptions(reading, kept), remove }, told };
}

function readFault(reading: Reading, field: Field): Fault {
  const got = reading.take(field, {
    '@type': type('envoy.extensions.filters.http.fault.v3.HTTPFault'),
    delay: optional({ fixed_delay: hole('delay'), percentage: hole('delayed') }),
    abort: optional({
      http_status: maybe('status'),
      grpc_status: maybe('grpc'),
      percentage: hole('aborted'),
    }),
  });
  const [status, code] = [got.status.number(), got.grpc.number()];
  const grpcStatus = code === undefined || code === 0 ? undefined : grpc[code];
  if (got.aborted.isPresent && (status === undefined) === (grpcStatus === undefined))
    reading.report(field, 'one status');
  return {
    ...(got.delay.isPresent && {
      delay: { duration: readTime(reading, got.delay), percent: readPercent(reading, got.delayed) },
    }),
    ...(got.aborted.isPresent && {
      abort: {
        ...(status !== undefined && { status }),
        ...(grpcStatus !== undefined && grpcStatus !== 'OK' && { grpcStatus }),
        percent: readPercent(reading, got.aborted),
      },
    }),
  };
}

function readDialled(reading: Reading, field: Field): number {
  const { port } = reading.take(field, {
    '@type': type('envoy.extensions.filters.http.set_filter_state.v3.Config'),
    on_request_headers: [
      {
        object_key: 'envoy.upstream.dynamic_port',
        format_string: { text_format_source: { inline_string: hole('port') } },
      },
    ],
  });
  return Number(port.text() ?? 0);
}

/** A bucket, by the id of its rule or External. */
export interface ReadLimit {
  readonly of: 'rule' | 'external';
  readonly id: string;
  readonly limit: NonNullable<RouteRule['rateLimit']>;
}

const always = { default_value: { numerator: 100, denominator: 'HUNDRED' } } as const;

/** The form of a bucket. */
const bucketForm = {
  max_tokens: hole('most'),
  tokens_per_fill: hole('fill'),
  fill_interval: hole('per'),
} as const;

function idSource(key: string) {
  return {
    metadata: {
      descriptor_key: key,
      metadata_key: { key: 'meshwright', path: [{ key }] },
      source: 'ROUTE_ENTRY',
    },
  } as const;
}

/** Reads the buckets of the rules of a host. */
export function readLimits(reading: Reading, config: Field): readonly ReadLimit[] {
  if (!config.isPresent) return [];
  const { limits } = reading.take(config, { 'envoy.filters.http.local_ratelimit': hole('limits') });
  const got = reading.take(limits, {
    '@type': type('envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit'),
    stat_prefix: 'rules',
    token_bucket: { max_tokens: 4_294_967_295, tokens_per_fill: 4_294_967_295, fill_interval: '1s' },
    always_consume_default_token_bucket: false,
    max_dynamic_descriptors: 65_536,
    filter_enabled: always,
    filter_enforced: always,
    rate_limits: hole('sources'),
    descriptors: hole('descriptors'),
  });
  const read = got.descriptors.items().map((one): ReadLimit => {
    const { entries, bucket } = reading.take(one, { entries: hole('entries'), token_bucket: hole('bucket') });
    const [first, second, ...others] = entries.items();
    for (const other of others) reading.report(other, 'no further entry');
    const kind = first?.at('key').value === 'external' ? 'external' : 'rule';
    const id =
      first &&
      reading.take(first, { key: kind === 'rule' ? 'limit' : 'external', value: hole('id') }).id.text();
    const header = second && reading.take(second, { key: hole('name') }).name.text();
    return {
      of: kind,
      id: id ?? '',
      limit: { ...readBucket(reading, bucket), ...(header !== undefined && { key: { header } }) },
    };
  });
  const keys = [...new Set(read.flatMap(({ limit }) => limit.key?.header ?? []))].sort();
  const isShared = read.some(({ of, limit }) => of === 'rule' && limit.key === undefined);
  const sources = [
    ...(isShared ? [{ actions: [idSource('limit')] }] : []),
    ...(read.some(({ of }) => of === 'external') ? [{ actions: [idSource('external')] }] : []),
    ...keys.map((name) => ({
      actions: [idSource('limit'), { request_headers: { header_name: name, descriptor_key: name } }],
    })),
  ];
  reading.check(got.sources, sources);
  return read;
}

/** Reads a bucket: it holds one fill and a burst. */
export function readBucket(
  reading: Reading,
  field: Field,
): { requests: number; per: string; burst?: number } {
  const { most, fill, per } = reading.take(field, bucketForm);
  const [tokens, requests] = [most.number() ?? 0, fill.number() ?? 0];
  const time = readTime(reading, per);
  if (tokens < requests) reading.report(most, 'room for one fill');
  return { requests, per: time, ...(tokens > requests && { burst: tokens - requests }) };
}
