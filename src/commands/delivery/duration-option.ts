import { parseDuration } from '../../core/spec/duration.ts';
import { PortError } from '../../ports/port-error.ts';
import type { Invocation } from '../../program.ts';

const usage = 64;

/** Milliseconds of an option such as `--timeout 90s`. */
export function durationOf(invocation: Invocation, name: string, fallback: number): number {
  const written = invocation.options[name];
  if (typeof written !== 'string') return fallback;
  const duration = parseDuration(written);
  if (!Number.isNaN(duration)) return duration;
  const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new PortError(`--${flag} ${JSON.stringify(written)} is no duration such as 90s`, usage);
}
