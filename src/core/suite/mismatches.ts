import { describeHeaders } from '../explain/request/describe-outcome.ts';
import type { Ir } from '../ir/ir.ts';
import type { Decision, Forwarded, Outcome } from '../semantics/outcome.ts';
import type { Request } from '../semantics/request.ts';
import { parseDuration } from '../spec/duration.ts';
import type { ExpectedHeaders } from '../spec/types.gen.ts';
import { type Expected, expectedWord } from './expected-fields.ts';
import { faultMismatches } from './fault-mismatches.ts';
import { limitMismatches } from './limit-mismatches.ts';
import type { Mismatch } from './mismatch.ts';
import { outcomeWords } from './outcome-words.ts';
import { shareMismatches } from './share-mismatches.ts';
import { milliseconds } from './units.ts';

/** Returns the differences between an expectation and an outcome; none if the expectation holds. */
export function mismatches(
  expected: Expected,
  outcome: Outcome,
  request: Request,
  ir: Ir,
): readonly Mismatch[] {
  const word = expectedWord(expected);
  const isForwarded = outcome.outcome === 'forwarded';
  if ((word !== undefined && word !== outcome.outcome) || (expected.status !== undefined && isForwarded)) {
    const wanted = [word, expected.status].filter((part) => part !== undefined).join(' ');
    return [{ field: 'outcome', expected: wanted, got: outcomeWords(outcome) }];
  }
  const { decidedBy, responseHeaders } = expected;
  return [
    ...(isForwarded
      ? forwardedMismatches(expected, outcome, request, ir)
      : answerMismatches(expected, outcome)),
    ...headerMismatches('responseHeaders', responseHeaders, outcome.responseHeaders),
    ...[decidedBy ?? []].flat().flatMap((line) => lineMismatch(line, outcome.decidedBy)),
  ];
}

function answerMismatches(
  { status, location, body }: Expected,
  outcome: Exclude<Outcome, Forwarded>,
): readonly Mismatch[] {
  return [
    ...(status === undefined || status === outcome.status
      ? []
      : [{ field: 'status', expected: String(status), got: outcomeWords(outcome) }]),
    ...plain('location', location, outcome.outcome === 'redirected' ? outcome.location : undefined),
    ...plain('body', body, outcome.outcome === 'responded' ? (outcome.body ?? '') : undefined),
  ];
}

function forwardedMismatches(
  expected: Expected,
  outcome: Forwarded,
  request: Request,
  ir: Ir,
): readonly Mismatch[] {
  const { port, timeout, tries, perTryTimeout, retryOn, rewritten } = expected;
  const { portName } = outcome;
  const isPort = port === undefined || String(port) === portName || Number(port) === outcome.port;
  return [
    ...shareMismatches(expected, outcome, request, ir),
    ...(isPort
      ? []
      : [{ field: 'port', expected: String(port), got: `${portName ?? ''} (${String(outcome.port)})` }]),
    ...duration('timeout', timeout, outcome.timeout),
    ...plain('tries', tries, outcome.tries),
    ...duration('perTryTimeout', perTryTimeout, outcome.perTryTimeout),
    ...plain('retryOn', retryOn && sorted(retryOn), sorted(outcome.retryOn)),
    ...plain('rewritten.path', rewritten?.path, outcome.rewritten.path),
    ...plain('rewritten.host', rewritten?.host, outcome.rewritten.host),
    ...headerMismatches('requestHeaders', expected.requestHeaders, outcome.requestHeaders),
    ...faultMismatches(expected.fault, outcome.fault),
    ...limitMismatches(expected.rateLimited, outcome.rateLimited),
  ];
}

/** Compares two values if one is expected. */
function plain(
  field: string,
  expected: string | number | undefined,
  got: string | number | undefined,
): readonly Mismatch[] {
  if (expected === undefined || expected === got) return [];
  return [{ field, expected: String(expected), got: got === undefined ? 'none' : String(got) }];
}

function duration(field: string, expected: string | undefined, got: number): readonly Mismatch[] {
  if (expected === undefined || parseDuration(expected) === got) return [];
  return [{ field, expected, got: milliseconds(got) }];
}

/** Returns failures that are tried again in one order; a status in quotes is the same as the number. */
function sorted(conditions: readonly (string | number)[]): string {
  return conditions.length === 0 ? 'none' : conditions.map(String).toSorted().join(', ');
}

/** Compares the changes that have to be there; the outcome may have more. */
function headerMismatches(
  field: string,
  expected: ExpectedHeaders | undefined,
  changes: Outcome['responseHeaders'],
): readonly Mismatch[] {
  if (expected === undefined) return [];
  const { set, add, remove } = describeHeaders(changes);
  const entries = (
    kind: string,
    wanted: Readonly<Record<string, string>> = {},
    got: Readonly<Record<string, string | readonly string[]>>,
  ): readonly Mismatch[] =>
    Object.entries(wanted).flatMap(([written, value]) => {
      const name = written.toLowerCase();
      const own = Object.hasOwn(got, name) ? got[name] : undefined;
      if ([own ?? []].flat().includes(value)) return [];
      const there = own === undefined ? 'no such change' : [own].flat().join(', ');
      return [{ field: `${field}.${kind}.${name}`, expected: value, got: there }];
    });
  return [
    ...entries('set', expected.set, set),
    ...entries('add', expected.add, add),
    ...(expected.remove ?? [])
      .map((name) => name.toLowerCase())
      .filter((name) => !remove.includes(name))
      .map((name) => ({ field: `${field}.remove`, expected: name, got: 'no such change' })),
  ];
}

/** Looks for a line, or for a part of the text beside a line. */
function lineMismatch(wanted: string, decidedBy: readonly Decision[]): readonly Mismatch[] {
  const [, file, line, column] = /^(.+?):(\d+)(?::(\d+))?$/.exec(wanted) ?? [];
  const isThere = decidedBy.some((one) =>
    file === undefined
      ? one.what.includes(wanted)
      : one.file === file &&
        one.line === Number(line) &&
        (column === undefined || one.column === Number(column)),
  );
  if (isThere) return [];
  const got = decidedBy.map((one) => `${one.file}:${String(one.line)} ${one.what}`).join('; ');
  return [{ field: 'decidedBy', expected: wanted, got: got === '' ? 'no line' : got }];
}
