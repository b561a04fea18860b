import type { Ir } from '../../../core/ir/ir.ts';
import { utf8Bytes } from '../../../core/lib/utf8-bytes.ts';
import { decide } from '../../../core/semantics/decide.ts';
import type { Request } from '../../../core/semantics/request.ts';
import { type Expected, expectedWord } from '../../../core/suite/expected-fields.ts';
import type { Mismatch } from '../../../core/suite/mismatch.ts';
import { mismatches } from '../../../core/suite/mismatches.ts';
import { observedStatus } from '../../../core/suite/proxies/observation.ts';
import { observedMismatches } from '../../../core/suite/proxies/observed-mismatches.ts';
import { hostOf, isStream } from '../../../core/suite/proxies/sending.ts';
import type { SuiteTest } from '../../../core/suite/suite.ts';
import type { TestResult } from '../../../core/suite/test-result.ts';
import type { Answer, RequestSender } from '../../../ports/request-sender.ts';
import { entryKey, type LivePlace } from './live-places.ts';

/**
 * Sends the request of a test to a live mesh, once, and compares the answer. An answer doesn't show who gave it: a
 * forwarded request is one whose status is none that a proxy gives; other fields are compared with the meaning.
 */
export async function askLive(
  test: SuiteTest,
  ir: Ir,
  places: ReadonlyMap<string, LivePlace>,
  sender: RequestSender,
): Promise<TestResult> {
  const { request, expected } = test;
  const outcome = decide(ir, request);
  const { decidedBy } = outcome;
  const place = places.get(entryOf(request));
  const reason =
    leftOut(request, ir) ?? (place === undefined ? 'its caller has no address (--live)' : undefined);
  if (place === undefined || reason !== undefined)
    return { test, state: 'not-compared', mismatches: [], decidedBy, note: `not compared: ${reason ?? ''}` };
  const answer = await send(request, ir, place, sender);
  const found = answerMismatches(expected, answer);
  const unseen = Object.keys(expected).filter((field) => !seenFields.has(field));
  const byMeaning = mismatches(expected, outcome, request, ir);
  const all = found.some(({ field }) => field === 'outcome')
    ? found
    : [...found, ...byMeaning.filter(({ field }) => unseen.includes(field.split('.')[0] ?? ''))];
  return {
    test,
    state: all.length === 0 ? 'passed' : 'failed',
    mismatches: all,
    decidedBy,
    ...(unseen.length > 0 && { note: `by the meaning of the mesh only: ${unseen.join(', ')}` }),
  };
}

/** Returns the key of the gateway or of the caller by which a request enters the mesh. */
function entryOf({ from, to }: Request): string {
  if (to.type === 'gateway') return entryKey('gateway', to.id);
  return from.type === 'service' ? entryKey('service', from.id) : '';
}

/** Fields that an answer shows. */
const seenFields: ReadonlySet<string> = new Set(['outcome', 'status', 'location', 'body', 'responseHeaders']);

function leftOut(request: Request, ir: Ir): string | undefined {
  const { claims, from } = request;
  if (claims !== undefined) return 'nobody signs a token for a live mesh';
  if (from.type === 'spiffe') return 'nobody signs a certificate for a live mesh';
  return isStream(ir, request) ? 'it is a connection without HTTP' : undefined;
}

function send(request: Request, ir: Ir, place: LivePlace, sender: RequestSender): Promise<Answer> {
  const { method, path, query, headers } = request;
  const host = hostOf(ir, request);
  const { host: address, port, isSecure } = place;
  return sender.send({
    address: { host: address, port },
    method,
    path: query === undefined ? path : `${path}?${query}`,
    host,
    headers: headers.map(({ name, value }) => [name, utf8Bytes(value)] as const),
    ...(isSecure && { tls: { servername: host.replace(/:\d+$/, ''), isVerified: true } }),
  });
}

/** Statuses that a proxy gives a request that it doesn't pass on. */
const ofProxies: ReadonlySet<number> = new Set([0, 400, 401, 403, 404, 421, 429, 503, 504]);

function answerMismatches(expected: Expected, answer: Answer): readonly Mismatch[] {
  const isForwarded = expectedWord(expected) === 'forwarded';
  const status = observedStatus(answer);
  if (!isForwarded) return observedMismatches(expected, { answer, arrivals: [] }, undefined);
  if (ofProxies.has(status))
    return [
      {
        field: 'outcome',
        expected: 'forwarded',
        got: status === 0 ? 'no answer' : `an answer ${String(status)}`,
      },
    ];
  const { responseHeaders } = expected;
  const shown = responseHeaders === undefined ? {} : { responseHeaders };
  return observedMismatches(shown, { answer, arrivals: [] }, undefined);
}
