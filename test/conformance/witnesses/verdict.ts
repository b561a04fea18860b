import { parseDuration } from '../../../src/core/spec/duration.ts';
import { parsePercentage } from '../../../src/core/spec/percentage.ts';
import type { Expected } from '../../../src/core/suite/expected-fields.ts';
import { sampleSize, shareBound } from '../../../src/core/suite/proxies/share-bound.ts';
import type { TestResult } from '../../../src/core/suite/test-result.ts';
import { type Expectations, isAlike } from './expectations.ts';

/**
 * A witness as two real meshes answer it: differently, alike because no answer shows what differs, or in a way that is a
 * fault.
 */
export type Verdict =
  | { readonly state: 'differed' }
  | { readonly state: 'not shown'; readonly reason: string }
  | { readonly state: 'wrong'; readonly why: string };

/**
 * Returns the verdict about a witness. `before` and `after` are the results of the meshes with their own expectations;
 * `crossed` is the expectation of the mesh before, asked on the mesh after.
 */
export function verdictOf(
  { before: was, after: is, differing }: Expectations,
  before: TestResult,
  after: TestResult,
  crossed: TestResult,
): Verdict {
  for (const [side, { state, mismatches, note = '' }] of [
    ['before', before],
    ['after', after],
  ] as const) {
    if (state === 'not-compared') return { state: 'not shown', reason: note };
    if (state === 'failed') return { state: 'wrong', why: `${side}: ${JSON.stringify(mismatches)}` };
  }
  const unmeasured = new Set([before, after].flatMap(unseenFields));
  const unseen = new Set([...unmeasured, ...unseenFields(crossed)]);
  const seen = crossed.mismatches.map(({ field }) => root(field)).filter((field) => !unseen.has(field));
  const strange = seen.filter((field) => !isNamed(field, differing));
  if (strange.length > 0)
    return { state: 'wrong', why: `${strange.join(', ')} differs, named are ${differing.join(', ')}` };
  if (seen.length > 0 || differing.some((field) => isMeasured(field, was, is, unmeasured)))
    return { state: 'differed' };
  const excused = differing.filter((field) => unseen.has(field) || isHidden(field, was, is));
  if (excused.length < differing.length)
    return {
      state: 'wrong',
      why: `answered alike, named are ${differing.join(', ')}: ${JSON.stringify({ was, is })}`,
    };
  return { state: 'not shown', reason: excused.join(', ') };
}

const noted = 'by the meaning of the mesh only: ';

/** Returns the fields of an expectation that the answers don't show. */
function unseenFields({ note }: TestResult): readonly string[] {
  return note?.startsWith(noted) ? note.slice(noted.length).split(', ') : [];
}

function root(field: string): string {
  return field.split('.')[0] ?? field;
}

/** An answer of another kind has another status, or an application that is reached. */
function isNamed(field: string, differing: readonly string[]): boolean {
  return differing.includes(field) || (field === 'outcome' && differing.includes('status'));
}

/** Milliseconds by which measured timeouts are at least apart. */
const apart = 600;

/** Returns true for tries and timeouts that both meshes were seen to keep, and that are far enough from each other. */
function isMeasured(field: string, was: Expected, is: Expected, unseen: ReadonlySet<string>): boolean {
  if (unseen.has(field)) return false;
  if (field === 'tries') return was.tries !== undefined && is.tries !== undefined;
  if (field !== 'timeout' || was.timeout === undefined || is.timeout === undefined) return false;
  return Math.abs(parseDuration(was.timeout) - parseDuration(is.timeout)) > apart;
}

/** Returns true if answers can't show that a field differs. */
function isHidden(field: string, was: Expected, is: Expected): boolean {
  switch (field) {
    case 'outcome':
    case 'requestHeaders':
    case 'responseHeaders':
      return isAlike(field, was, is);
    case 'body':
      return was.body === undefined || is.body === undefined;
    case 'timeout':
      return true;
    case 'backends':
    case 'mirrors':
      return isNear(was[field], is[field]);
    case 'refusedShare':
      return isNear({ all: was.refusedShare ?? '0%' }, { all: is.refusedShare ?? '0%' });
    default:
      return outcomeKeys.has(field);
  }
}

/** Keys of an outcome that no field of an expectation has. */
const outcomeKeys: ReadonlySet<string> = new Set(['portName', 'port', 'fault', 'rateLimited', 'backends']);

type Shares = NonNullable<Expected['backends']>;

/** Returns true if the shares of the same places can't be told apart by the samples of a test. */
function isNear(was: Shares = {}, is: Shares = {}): boolean {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].every((place) => {
    const [one, other] = [was[place], is[place]].map((share) => parsePercentage(share ?? '0%') / 100);
    return Math.abs((one ?? 0) - (other ?? 0)) <= 2 * shareBound(one ?? 0, sampleSize);
  });
}
