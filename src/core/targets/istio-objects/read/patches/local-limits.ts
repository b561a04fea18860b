import { durationText } from '../../../../import/duration-text.ts';
import type { RateLimit } from '../../../../spec/types.gen.ts';
import { fieldsOf, isMessage, messageOf, textOf } from './message.ts';

/** The name of the filter that counts requests in the proxy itself. */
export const limitFilter = 'envoy.filters.http.local_ratelimit';

/** The message of the filter. */
export const limitMessage = 'envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit';

/** The fields of a limit: `requests`, `per` and `burst`. */
export type Bucket = Required<Pick<RateLimit, 'requests' | 'per'>> & Pick<RateLimit, 'burst'>;

/** Returns the limit that a token bucket of Envoy keeps; undefined if the language has no such limit. */
export function bucketOf(value: unknown): Bucket | undefined {
  const fields = fieldsOf(value, ['max_tokens', 'tokens_per_fill', 'fill_interval']);
  const { max_tokens: most, tokens_per_fill: filled = 1 } = fields ?? {};
  const per = wholeDuration(fields?.['fill_interval']);
  if (!isCount(most) || !isCount(filled) || per === undefined) return undefined;
  const requests = Math.min(filled, most);
  return { requests, per, ...(most > requests && { burst: most - requests }) };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1;
}

/** Returns a duration of whole milliseconds; Envoy fills a bucket every 50 ms at most. */
function wholeDuration(value: unknown): string | undefined {
  const seconds = /^(\d+(?:\.\d{1,3}0*)?)s$/.exec(textOf(value) ?? '')?.[1];
  return seconds === undefined || Number(seconds) < 0.05 ? undefined : durationText(`${seconds}s`);
}

/** Fields of the filter that say nothing about which requests are served. */
const idle: readonly string[] = ['stat_prefix'];

/** Fields of the filter that change the answers alone. */
export const answerFields: readonly string[] = ['response_headers_to_add', 'enable_x_ratelimit_headers'];

/** Returns the limit of a filter with one bucket for all requests, which counts and refuses all of them. */
export function plainLimit(value: unknown): Bucket | undefined {
  const fields = messageOf(value, limitMessage, [
    ...idle,
    ...answerFields,
    'token_bucket',
    'filter_enabled',
    'filter_enforced',
  ]);
  if (fields === undefined || !isAlways(fields['filter_enabled']) || !isAlways(fields['filter_enforced']))
    return undefined;
  return bucketOf(fields['token_bucket']);
}

/** Returns true for a filter that counts nothing but what virtual hosts and rules give it. */
export function isBareLimit(value: unknown): boolean {
  return messageOf(value, limitMessage, idle) !== undefined;
}

/** Returns true for a filter or an override that counts requests in the proxy itself. */
export function isLimit(value: unknown): boolean {
  return isMessage(value, limitMessage);
}

/** Returns true for the share of all requests. Without a share there is none. */
export function isAlways(value: unknown): boolean {
  const fields = fieldsOf(value, ['runtime_key', 'default_value']);
  const share = fieldsOf(fields?.['default_value'], ['numerator', 'denominator']);
  const { numerator, denominator = 'HUNDRED' } = share ?? {};
  const whole = { HUNDRED: 100, TEN_THOUSAND: 10_000, MILLION: 1_000_000 }[String(denominator)];
  return whole !== undefined && numerator === whole;
}
