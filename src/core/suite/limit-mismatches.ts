import type { Forwarded } from '../semantics/outcome.ts';
import { parseDuration } from '../spec/duration.ts';
import type { ExpectedLimit } from '../spec/types.gen.ts';
import type { Mismatch } from './mismatch.ts';
import { milliseconds } from './units.ts';

type Limit = Forwarded['rateLimited'][number];

/** Compares the limits that count a request, in any order. */
export function limitMismatches(
  expected: readonly ExpectedLimit[] | undefined,
  got: Forwarded['rateLimited'],
): readonly Mismatch[] {
  if (expected === undefined) return [];
  if (expected.length === got.length && isPaired(expected, got)) return [];
  return [
    {
      field: 'rateLimited',
      expected: expected.length === 0 ? 'none' : expected.map(wantedText).join(', '),
      got: got.length === 0 ? 'none' : got.map(limitText).join(', '),
    },
  ];
}

/** Returns true if each expectation has a limit of its own that fits; an open one leaves the limits to the others. */
function isPaired([wanted, ...others]: readonly ExpectedLimit[], got: readonly Limit[]): boolean {
  if (wanted === undefined) return true;
  return got.some((limit, at) => fits(limit, wanted) && isPaired(others, got.toSpliced(at, 1)));
}

function fits(limit: Limit, { at, requests, per, burst }: ExpectedLimit): boolean {
  return (
    (at === undefined || at === limit.at) &&
    (requests === undefined || requests === limit.requests) &&
    (per === undefined || parseDuration(per) === limit.per) &&
    (burst === undefined || burst === limit.burst)
  );
}

function limitText({ at, requests, per, burst }: Limit): string {
  return `${at}: ${String(requests)} in ${milliseconds(per)}, burst ${String(burst)}`;
}

function wantedText({ at, requests, per, burst }: ExpectedLimit): string {
  const place = at ?? 'any';
  const parts = [
    ...(requests === undefined ? [] : [`${String(requests)} requests`]),
    ...(per === undefined ? [] : [`per ${per}`]),
    ...(burst === undefined ? [] : [`burst ${String(burst)}`]),
  ];
  return parts.length === 0 ? place : `${place}: ${parts.join(', ')}`;
}
