import type { Options } from '../../command-table/invocation.ts';
import { parseDuration } from '../../core/spec/duration.ts';
import { UsageError } from '../../core/usage-error.ts';

/** Milliseconds of an option such as `--timeout 90s`. */
export function durationOf<Name extends 'every' | 'for' | 'lockTtl' | 'minValidity' | 'timeout'>(
  options: Options<Name>,
  name: Name,
  fallback: number,
): number {
  const written: string | undefined = options[name];
  if (written === undefined) return fallback;
  const duration = parseDuration(written);
  if (!Number.isNaN(duration)) return duration;
  const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${flag} ${JSON.stringify(written)} is no duration such as 90s`);
}
