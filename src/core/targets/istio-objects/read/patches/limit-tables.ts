import { isMatchableHeader } from '../../../../import/written-values.ts';
import type { RuleRateLimit } from '../../../../spec/types.gen.ts';
import { bucketOf, isAlways, limitMessage } from './local-limits.ts';
import { fieldsOf, isValue, listOf, messageOf, textOf } from './message.ts';

/** An entry of the metadata of a rule, by which its requests are counted. */
export interface Tag {
  readonly space: string;
  readonly key: string;
  readonly value: string;
}

/** A limit for the requests of rules with a tag. */
export interface ReadLimit {
  readonly tag: Tag;
  readonly limit: RuleRateLimit;
}

/** The limits of the rules of a virtual host, which count by the tags of these. */
export interface LimitTable {
  readonly limits: readonly ReadLimit[];
}

/** Returns the tags that a patch gives to rules, if it does nothing else. */
export function readTags(value: unknown): readonly Tag[] | undefined {
  const metadata = fieldsOf(fieldsOf(value, ['metadata'])?.['metadata'], ['filter_metadata']);
  const spaces = metadata?.['filter_metadata'];
  if (typeof spaces !== 'object' || spaces === null) return undefined;
  const tags = Object.entries(spaces).flatMap(([space, entries]) =>
    Object.entries((entries ?? {}) as object).map(([key, one]) => ({ space, key, value: textOf(one) })),
  );
  const isTag = (tag: (typeof tags)[number]): tag is Tag => tag.value !== undefined;
  return tags.length > 0 && tags.every(isTag) ? tags : undefined;
}

/** Returns the limits that a filter keeps by the tags of rules, with nothing that it limits besides. */
export function readLimitTable(value: unknown): LimitTable | undefined {
  const config = messageOf(value, limitMessage, [
    'stat_prefix',
    'token_bucket',
    'always_consume_default_token_bucket',
    'max_dynamic_descriptors',
    'filter_enabled',
    'filter_enforced',
    'rate_limits',
    'descriptors',
  ]);
  if (config === undefined || !isAlways(config['filter_enabled']) || !isAlways(config['filter_enforced']))
    return undefined;
  if (config['always_consume_default_token_bucket'] !== false || !isBottomless(config['token_bucket']))
    return undefined;
  const sources = listOf(config['rate_limits'])?.map(sourceOf);
  const limits = listOf(config['descriptors'])?.map((one) => limitOf(one, sources ?? []));
  if (sources === undefined || sources.includes(undefined) || limits === undefined) return undefined;
  const known = limits.filter((one) => one !== undefined);
  return known.length === limits.length && known.length > 0 ? { limits: known } : undefined;
}

/** Returns true for a bucket that requests without a tag never empty. */
function isBottomless(value: unknown): boolean {
  const most = 4_294_967_295;
  return isValue(value, { max_tokens: most, tokens_per_fill: most, fill_interval: '1s' });
}

/** The tag, and perhaps the header, that a request is counted by, with the names of their entries. */
interface Source {
  readonly name: string;
  readonly space: string;
  readonly key: string;
  readonly header?: { readonly name: string; readonly entry: string };
}

function sourceOf(value: unknown): Source | undefined {
  const [first, second, ...others] = listOf(fieldsOf(value, ['actions'])?.['actions']) ?? [];
  const tag = tagSource(first);
  if (tag === undefined || others.length > 0) return undefined;
  if (second === undefined) return tag;
  const header = headerSource(second);
  return header && { ...tag, header };
}

function tagSource(value: unknown): Source | undefined {
  const action = fieldsOf(fieldsOf(value, ['metadata'])?.['metadata'], [
    'descriptor_key',
    'metadata_key',
    'source',
  ]);
  const place = fieldsOf(action?.['metadata_key'], ['key', 'path']);
  const [step, ...steps] = listOf(place?.['path']) ?? [];
  const [name, space] = [textOf(action?.['descriptor_key']), textOf(place?.['key'])];
  const key = textOf(fieldsOf(step, ['key'])?.['key']);
  if (action?.['source'] !== 'ROUTE_ENTRY' || steps.length > 0) return undefined;
  return name === undefined || space === undefined || key === undefined ? undefined : { name, space, key };
}

function headerSource(value: unknown): Source['header'] {
  const asked = fieldsOf(fieldsOf(value, ['request_headers'])?.['request_headers'], [
    'header_name',
    'descriptor_key',
  ]);
  const [name, entry] = [textOf(asked?.['header_name']), textOf(asked?.['descriptor_key'])];
  if (name === undefined || entry === undefined || !isMatchableHeader(name)) return undefined;
  return { name: name.toLowerCase(), entry };
}

function limitOf(value: unknown, sources: readonly (Source | undefined)[]): ReadLimit | undefined {
  const fields = fieldsOf(value, ['entries', 'token_bucket']);
  const bucket = bucketOf(fields?.['token_bucket']);
  const entries = (listOf(fields?.['entries']) ?? []).map((one) => fieldsOf(one, ['key', 'value']));
  const [first, second, ...others] = entries;
  const text = textOf(first?.['value']);
  if (bucket === undefined || text === undefined || others.length > 0) return undefined;
  if (entries.length > 1 && (second === undefined || second['value'] !== undefined)) return undefined;
  const fitting = sources.filter(
    (one) => one !== undefined && one.name === first?.['key'] && one.header?.entry === second?.['key'],
  );
  const [source, another] = fitting;
  if (source === undefined || another !== undefined) return undefined;
  const tag = { space: source.space, key: source.key, value: text };
  return { tag, limit: { ...bucket, ...(source.header && { key: { header: source.header.name } }) } };
}
