import type { Options } from '../../command-table/invocation.ts';
import { durationOf } from './duration-option.ts';

/** Milliseconds; an API server itself gives up a request after so long (its flag `--request-timeout`). */
const longest = 60_000;
/** Milliseconds; a shorter limit would fail a request whose server is merely far away. */
const shortest = 1_000;

/**
 * Returns the milliseconds for which a request waits for a silent API server: those of `--timeout`, but a minute at most and
 * a second at least, since that option also limits the waits for proxies. Returns undefined if there is no such option.
 */
export function answerLimit(options: Options<'timeout'>): number | undefined {
  if (options.timeout === undefined) return undefined;
  return Math.max(shortest, Math.min(durationOf(options, 'timeout', 0), longest));
}

/** Returns a line about a silent API server, in milliseconds. */
export function silenceText(
  server: string,
  { length, limit }: { readonly length: number; readonly limit: number },
): string {
  const seconds = (time: number): string => `${Math.round(time / 100) / 10} s`;
  return `waiting for the API server of ${server}: no answer for ${seconds(Math.round(length / 1000) * 1000)} (until ${seconds(limit)}, or another --timeout)\n`;
}
