import type { Forwarded } from '../../../core/semantics/outcome.ts';
import type { Request } from '../../../core/semantics/request.ts';
import type { Mismatch } from '../../../core/suite/mismatch.ts';
import type { Observation } from '../../../core/suite/proxies/observation.ts';
import { originals } from '../../../core/suite/proxies/observed-shares.ts';
import { milliseconds } from '../../../core/suite/units.ts';
import type { Extra } from './probe.ts';

type Probe = (extra: Extra) => Promise<Observation>;

/** A busy machine can disturb a measurement: one of three that finds no difference is enough. */
const mostMeasurements = 3;

/** Counts the tries of a request whose application fails; undefined if no application can fail in the retried way. */
export async function probeTries(
  request: Request,
  outcome: Forwarded,
  probe: Probe,
): Promise<readonly Mismatch[] | undefined> {
  const { tries, retryOn } = outcome;
  const failure = tries === 1 ? cut : failureOf(retryOn);
  if (failure === undefined || !isPlain(request, outcome)) return undefined;
  let got = 0;
  for (let i = 0; i < mostMeasurements && got !== tries; i += 1)
    got = originals((await probe([failure])).arrivals, outcome).length;
  if (got === tries) return [];
  return [{ field: 'tries', expected: String(tries), got: `${String(got)} when the application fails` }];
}

const cut = ['x-test-reset', '1'] as const;

/** Returns the header that lets an application fail in a way that is tried again. */
function failureOf(retryOn: Forwarded['retryOn']): readonly [string, string] | undefined {
  if (retryOn.some((condition) => ['reset', 'gateway-error', '5xx'].includes(String(condition)))) return cut;
  const status = retryOn.find((condition) => /^[2-5]\d\d$/.test(String(condition)));
  return status === undefined ? undefined : ['x-test-status', String(status)];
}

/** The longest timeout that is waited for, in milliseconds. */
const longest = 3_000;

/** Waits for the timeout of a slow application; undefined for a timeout that is long, or of single tries. */
export async function probeTimeout(
  request: Request,
  outcome: Forwarded,
  probe: Probe,
): Promise<readonly Mismatch[] | undefined> {
  const { timeout, perTryTimeout } = outcome;
  if (timeout === 0 || timeout > longest || perTryTimeout > 0 || !isPlain(request, outcome)) return undefined;
  let got = '';
  for (let i = 0; i < mostMeasurements; i += 1) {
    const { answer } = await probe([['x-test-delay', String(timeout + 2_000)]]);
    if (answer.status === 504 && Math.abs(answer.milliseconds - timeout - 200) < 300) return [];
    got = `${String(answer.status)} after ${milliseconds(Math.round(answer.milliseconds))}`;
  }
  return [{ field: 'timeout', expected: milliseconds(timeout), got }];
}

/** Returns true if nothing but the application decides how often and how long a request is tried. */
function isPlain({ headers }: Request, { fault, rateLimited, refusedShare }: Forwarded): boolean {
  const isSpecial = headers.some(
    ({ name, value }) =>
      name === 'upgrade' || (name === 'content-type' && value.startsWith('application/grpc')),
  );
  const isDisturbed = fault.delay !== undefined || rateLimited.length > 0 || refusedShare !== undefined;
  return !isSpecial && !isDisturbed;
}
