import type { Forwarded } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import { mirrored } from './differences.ts';
import { fits } from './distribution.ts';
import type { Arrival } from './echo.ts';
import type { RunningMesh } from './running-mesh.ts';
import { type Answer, send } from './send.ts';
import { prepare } from './sending.ts';

const samples = 400;
const seen = new WeakMap<RunningMesh, Set<string>>();

/** True once a mesh for what a probe is about: each probe is run for the first request of a kind only. */
function first(mesh: RunningMesh, probe: string, about: unknown): boolean {
  const done = seen.get(mesh) ?? new Set();
  seen.set(mesh, done);
  const key = `${probe} ${JSON.stringify(about)}`;
  if (done.has(key)) return false;
  done.add(key);
  return true;
}

interface Probe {
  readonly answer: Answer;
  readonly arrivals: readonly Arrival[];
}

async function probe(
  mesh: RunningMesh,
  request: Request,
  extra: readonly (readonly [string, string])[],
): Promise<Probe> {
  const prepared = prepare(mesh, request, extra);
  const answer = await send(prepared.sending);
  return { answer, arrivals: mesh.echoes.arrivals(prepared.testId) };
}

async function sampled(mesh: RunningMesh, request: Request, count: number): Promise<readonly Probe[]> {
  const probes: Probe[] = [];
  const lanes = Array.from({ length: 8 }, async () => {
    while (probes.length < count) {
      const slot = probes.push(undefined as unknown as Probe) - 1;
      probes[slot] = await probe(mesh, request, []);
    }
  });
  await Promise.all(lanes);
  return probes;
}

/** Measured shares beside the decided ones. */
export async function splitDifferences(
  mesh: RunningMesh,
  request: Request,
  outcome: Forwarded,
): Promise<readonly string[]> {
  const shares = outcome.backends.filter(({ service }) => mesh.ir.services[service] !== undefined);
  if (
    shares.length + (outcome.refusedShare === undefined ? 0 : 1) < 2 ||
    !first(mesh, 'split', outcome.decidedBy)
  )
    return [];
  const probes = await sampled(mesh, request, samples);
  const counts = shares.map(
    ({ service, version }) =>
      probes.filter(({ arrivals }) =>
        arrivals.some((arrival) => arrival.service === service && arrival.version === version),
      ).length,
  );
  const lost = probes.filter(({ arrivals }) => arrivals.length === 0).length;
  const decided = [...shares.map(({ share }) => share), outcome.refusedShare ?? 0];
  const measured = [...counts, lost];
  return fits(measured, decided)
    ? []
    : [`shares measured ${measured.join('/')} of ${String(samples)}, decided ${decided.join('/')}`];
}

/** Copies that arrived beside those decided. */
export async function mirrorDifferences(
  mesh: RunningMesh,
  request: Request,
  outcome: Forwarded,
): Promise<readonly string[]> {
  if (outcome.mirrors.length === 0 || !first(mesh, 'mirror', outcome.decidedBy)) return [];
  const count = outcome.mirrors.every(({ share }) => share === 1) ? 20 : samples;
  const probes = await sampled(mesh, request, count);
  await new Promise((done) => setTimeout(done, 300));
  return outcome.mirrors.flatMap((mirror) => {
    const copies = probes.map(
      ({ arrivals }) =>
        mirrored(outcome, arrivals).filter(
          ({ service, version }) =>
            service === mirror.service && (mirror.version === '*' || mirror.version === version),
        ).length,
    );
    const some = copies.filter((number) => number > 0).length;
    return copies.every((number) => number <= 1) &&
      fits([some, count - some], [mirror.share, 1 - mirror.share])
      ? []
      : [
          `mirror to ${mirror.service}@${mirror.version}: ${String(some)} of ${String(count)} copied, decided ${String(mirror.share)}`,
        ];
  });
}

/** Shares of injected delays and aborts. */
export async function faultDifferences(
  mesh: RunningMesh,
  request: Request,
  outcome: Forwarded,
): Promise<readonly string[]> {
  const { delay, abort } = outcome.fault;
  if ((!delay && !abort) || !first(mesh, 'fault', outcome.decidedBy)) return [];
  const count = delay ? 120 : samples;
  const probes = await sampled(mesh, request, count);
  const found: string[] = [];
  if (delay) {
    const late = probes.filter(({ answer }) => answer.milliseconds >= delay.ms).length;
    if (!fits([late, count - late], [delay.share, 1 - delay.share]))
      found.push(`${String(late)} of ${String(count)} delayed, decided ${String(delay.share)}`);
  }
  if (abort) {
    const cut = probes.filter(
      ({ answer, arrivals }) => arrivals.length === 0 && answer.status === abort.status,
    ).length;
    if (!fits([cut, count - cut], [abort.share, 1 - abort.share]))
      found.push(`${String(cut)} of ${String(count)} aborted, decided ${String(abort.share)}`);
  }
  return found;
}

/** How often a failing server is tried, for the failures that the rule retries and one that it does not. */
export async function retryDifferences(
  mesh: RunningMesh,
  request: Request,
  outcome: Forwarded,
): Promise<readonly string[]> {
  if (
    !mesh.ir.services[outcome.backends[0]?.service ?? ''] ||
    outcome.fault.abort ||
    outcome.rateLimited.length > 0
  )
    return [];
  if (!first(mesh, 'retry', [outcome.tries, outcome.retryOn, outcome.backends, outcome.decidedBy])) return [];
  const found: string[] = [];
  for (const { failure, extra } of failures(request)) {
    const { arrivals } = await probe(mesh, request, extra);
    const tries = arrivals.filter((arrival) => !mirrored(outcome, arrivals).includes(arrival)).length;
    const expected = retried(outcome, failure) ? outcome.tries : 1;
    if (tries !== expected)
      found.push(
        `server fails with ${String(failure)}: ${String(tries)} tries, decided ${String(expected)} (retries on ${outcome.retryOn.join(', ')})`,
      );
  }
  return found;
}

type Failure = number | 'reset' | 'grpc unavailable';

function failures(
  request: Request,
): readonly { failure: Failure; extra: readonly (readonly [string, string])[] }[] {
  const grpc = request.headers.some(
    ({ name, value }) => name === 'content-type' && value.startsWith('application/grpc'),
  );
  if (grpc) return [];
  return [
    { failure: 503, extra: [['x-echo-status', '503']] },
    { failure: 500, extra: [['x-echo-status', '500']] },
    { failure: 409, extra: [['x-echo-status', '409']] },
    { failure: 'reset', extra: [['x-echo-reset', '1']] },
  ];
}

function retried({ retryOn }: Forwarded, failure: Failure): boolean {
  if (failure === 'reset')
    return ['reset', 'gateway-error', '5xx'].some((condition) => retryOn.includes(condition));
  if (typeof failure !== 'number') return false;
  if (retryOn.includes(failure) || retryOn.includes(String(failure))) return true;
  if (failure >= 502 && failure <= 504 && retryOn.includes('gateway-error')) return true;
  return failure >= 500 && retryOn.includes('5xx');
}

/** A server that answers too late, beside the whole timeout: 504 at that moment, not before. */
export async function timeoutDifferences(
  mesh: RunningMesh,
  request: Request,
  outcome: Forwarded,
): Promise<readonly string[]> {
  const { timeout, tries, fault } = outcome;
  if (
    !mesh.ir.services[outcome.backends[0]?.service ?? ''] ||
    timeout === 0 ||
    timeout > 2500 ||
    fault.delay ||
    fault.abort ||
    outcome.rateLimited.length > 0
  )
    return [];
  if (!first(mesh, 'timeout', [timeout, tries, outcome.decidedBy])) return [];
  const late = await probe(mesh, request, [['x-echo-delay', String(timeout + 1500)]]);
  const found: string[] = [];
  const grpc = late.answer.grpcStatus !== undefined;
  if (!grpc && late.answer.status !== 504)
    found.push(`server later than ${String(timeout)} ms: status ${String(late.answer.status)}, decided 504`);
  const perTry = outcome.perTryTimeout > 0 && outcome.tries > 1 ? outcome.perTryTimeout : timeout;
  const earliest = retried(outcome, 'reset') ? Math.min(timeout, perTry * tries) : Math.min(timeout, perTry);
  if (late.answer.milliseconds < earliest - 30 || late.answer.milliseconds > timeout + 1000) {
    found.push(
      `server too late: answered after ${late.answer.milliseconds.toFixed(0)} ms, decided ${String(earliest)}..${String(timeout)}`,
    );
  }
  const intime = await probe(mesh, request, [
    ['x-echo-delay', String(Math.max(0, Math.min(timeout, perTry) - 250))],
  ]);
  if (!grpc && intime.answer.status !== 200)
    found.push(`server 250 ms before the timeout: status ${String(intime.answer.status)}, decided 200`);
  return found;
}
