import type { Forwarded } from '../semantics/outcome.ts';
import { parseDuration } from '../spec/duration.ts';
import { parsePercentage } from '../spec/percentage.ts';
import type { ExpectedFault } from '../spec/types.gen.ts';
import type { Mismatch } from './mismatch.ts';
import { milliseconds, percent } from './units.ts';

/**
 * Compares the faults that are injected into a share of the requests. With `fault` written, a kind of fault that it leaves
 * out may not be injected.
 */
export function faultMismatches(
  expected: ExpectedFault | undefined,
  { delay, abort }: Forwarded['fault'],
): readonly Mismatch[] {
  if (expected === undefined) return [];
  const { delay: wait, abort: cut } = expected;
  return [
    ...unwritten('delay', wait, delay && `${milliseconds(delay.ms)} for ${percent(delay.share)}`),
    ...unwritten('abort', cut, abort && `${String(abort.status)} for ${percent(abort.share)}`),
    ...differing('delay.duration', wait?.duration, delay && milliseconds(delay.ms), (wanted) => {
      return parseDuration(wanted) === delay?.ms;
    }),
    ...shareDiffering('delay.percent', wait?.percent, delay?.share),
    ...differing('abort.status', cut?.status, abort && String(abort.status), (wanted) => {
      return wanted === abort?.status;
    }),
    ...shareDiffering('abort.percent', cut?.percent, abort?.share),
  ];
}

/** Returns the mismatch of a fault that is injected and that the expectation leaves out. */
function unwritten(
  field: string,
  expected: object | undefined,
  got: string | undefined,
): readonly Mismatch[] {
  return expected !== undefined || got === undefined
    ? []
    : [{ field: `fault.${field}`, expected: 'none', got }];
}

function shareDiffering(field: string, wanted: string | number | undefined, share = 0): readonly Mismatch[] {
  const isSame = (percentage: string | number): boolean =>
    Math.abs(share * 100 - parsePercentage(percentage)) < 0.000_05;
  return differing(field, wanted, percent(share), isSame);
}

function differing<T extends string | number>(
  field: string,
  wanted: T | undefined,
  got: string | undefined,
  isSame: (wanted: T) => boolean,
): readonly Mismatch[] {
  if (wanted === undefined || isSame(wanted)) return [];
  return [{ field: `fault.${field}`, expected: String(wanted), got: got ?? 'none' }];
}
