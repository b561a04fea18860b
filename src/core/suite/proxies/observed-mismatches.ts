import type { Answer } from '../../../ports/request-sender.ts';
import type { Arrival } from '../../../ports/test-applications.ts';
import type { Outcome } from '../../semantics/outcome.ts';
import type { ExpectedHeaders } from '../../spec/types.gen.ts';
import { type Expected, expectedWord } from '../expected-fields.ts';
import type { Mismatch } from '../mismatch.ts';
import { placeText } from '../outcome-words.ts';
import { type Observation, observedStatus } from './observation.ts';

/** Returns the differences between an expectation and one request that real proxies took, except shares. */
export function observedMismatches(
  expected: Expected,
  { answer, arrivals }: Observation,
  first: Arrival | undefined,
): readonly Mismatch[] {
  const { status, location, body, rewritten, requestHeaders, responseHeaders } = expected;
  const word = expectedWord(expected);
  const seen = observedStatus(answer);
  const isWrong =
    (word !== undefined && !observedWords(answer, arrivals).includes(word)) ||
    (status !== undefined && (arrivals.length > 0 || status !== seen));
  if (isWrong) {
    const wanted = [word, status].filter((part) => part !== undefined).join(' ');
    return [{ field: 'outcome', expected: wanted, got: observedText(answer, arrivals) }];
  }
  return [
    ...plain('location', location && lowerHost(location), lowerHost(valueOf(answer.headers, 'location'))),
    ...plain('body', body, answer.body),
    ...(first === undefined
      ? []
      : [
          ...plain('rewritten.path', rewritten?.path, first.path),
          ...plain('rewritten.host', rewritten?.host, first.host),
          ...headerMismatches('requestHeaders', requestHeaders, first.headers),
        ]),
    ...headerMismatches('responseHeaders', responseHeaders, answer.headers),
  ];
}

/** Returns the outcomes that look like this from outside: an answer of 404 can come from a rule, or from no route. */
function observedWords(answer: Answer, arrivals: readonly Arrival[]): readonly Outcome['outcome'][] {
  if (arrivals.length > 0) return ['forwarded'];
  const status = observedStatus(answer);
  if ([0, 400, 401, 403].includes(status))
    return status === 0 ? ['refused', 'unroutable'] : ['refused', 'responded'];
  if ([404, 421].includes(status)) return ['unroutable', 'responded'];
  // A server that closes the connection makes the caller's proxy answer 503.
  if (status === 503) return ['unroutable', 'refused', 'responded'];
  return valueOf(answer.headers, 'location') === '' ? ['responded'] : ['redirected', 'responded'];
}

function observedText(answer: Answer, arrivals: readonly Arrival[]): string {
  if (arrivals.length > 0)
    return `forwarded to ${arrivals.map(({ service, version }) => placeText(service, version)).join(', ')}`;
  const status = observedStatus(answer);
  return status === 0 ? 'a failed or closed connection' : `an answer ${String(status)} of a proxy`;
}

function plain(field: string, expected: string | undefined, got: string): readonly Mismatch[] {
  return expected === undefined || expected === got
    ? []
    : [{ field, expected, got: got === '' ? 'none' : got }];
}

type Lines = readonly (readonly [string, string])[];

function valueOf(lines: Lines, name: string): string {
  return lines.find(([own]) => own === name)?.[1] ?? '';
}

/** Returns a URL with its host in lower case and without the default port of https. */
function lowerHost(url: string): string {
  return url
    .replace(/^[a-z]+:\/\/[^/]*/i, (origin) => origin.toLowerCase())
    .replace(/^(https:\/\/[^/:]+):443(?=\/|$)/, '$1');
}

/** Looks for changes of headers in a message: a set or added value is there, a removed header isn't. */
function headerMismatches(
  field: string,
  expected: ExpectedHeaders | undefined,
  lines: Lines,
): readonly Mismatch[] {
  if (expected === undefined) return [];
  const values = (name: string): readonly string[] =>
    lines.filter(([own]) => own === name.toLowerCase()).map(([, value]) => value);
  const difference = (kind: string, name: string, wanted: string): Mismatch => {
    const got = values(name);
    return {
      field: `${field}.${kind}.${name.toLowerCase()}`,
      expected: wanted,
      got: got.length === 0 ? 'no such header' : got.join(', '),
    };
  };
  return [
    ...Object.entries(expected.set ?? {})
      .filter(([name, value]) => values(name).join('\n') !== value)
      .map(([name, value]) => difference('set', name, value)),
    ...Object.entries(expected.add ?? {})
      .filter(
        ([name, value]) => !values(name).some((own) => own === value || own.split(/, ?/).includes(value)),
      )
      .map(([name, value]) => difference('add', name, value)),
    ...(expected.remove ?? [])
      .filter((name) => values(name).length > 0)
      .map((name) => difference('remove', name, 'no header')),
  ];
}
