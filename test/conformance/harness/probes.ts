import type { Rule } from '../../../src/core/ir/route.ts';
import type { Forwarded } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import { mirrored } from './differences.ts';
import { fits } from './distribution.ts';
import type { Arrival } from './echo.ts';
import type { LiveMesh } from './live-mesh.ts';
import { type Answer, send } from './send.ts';
import { prepare } from './sending.ts';

const samples = 300;
const seen = new WeakMap<LiveMesh, Set<string>>();

/** Returns true only once for each mesh and subject: a probe runs only for the first request of its kind. */
export function first(mesh: LiveMesh, probe: string, about: unknown): boolean {
  const done = seen.get(mesh) ?? new Set();
  seen.set(mesh, done);
  const key = `${probe} ${JSON.stringify(about)}`;
  if (done.has(key)) return false;
  done.add(key);
  return true;
}

/** One request as the caller and the applications saw it. */
export interface Probe {
  readonly answer: Answer;
  readonly arrivals: readonly Arrival[];
}

/** Sends a request with more headers. */
export async function probe(
  mesh: LiveMesh,
  request: Request,
  extra: readonly (readonly [string, string])[] = [],
): Promise<Probe> {
  const prepared = await prepare(mesh, request, { extra });
  const answer = await send(prepared.sending);
  return { answer, arrivals: mesh.echoes.arrivals(prepared.testId) };
}

async function sampled(
  mesh: LiveMesh,
  request: Request,
  count: number,
  atOnce = 8,
): Promise<readonly Probe[]> {
  const probes: Probe[] = [];
  let started = 0;
  const lanes = Array.from({ length: atOnce }, async () => {
    while (started < count) {
      started += 1;
      probes.push(await probe(mesh, request));
    }
  });
  await Promise.all(lanes);
  return probes;
}

/** Compares measured shares with the decided ones. */
export async function splitDifferences(
  mesh: LiveMesh,
  request: Request,
  outcome: Forwarded,
): Promise<readonly string[]> {
  const shares = outcome.backends;
  if (
    outcome.rateLimited.length > 0 ||
    shares.length + (outcome.refusedShare === undefined ? 0 : 1) < 2 ||
    !first(mesh, 'split', outcome.decidedBy)
  )
    return [];
  // Send one request after the other. Among versions that share a backend, the one with fewer requests under way gets
  // the next, so concurrent requests would measure which version is slower.
  const probes = await sampled(mesh, request, samples, 1);
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

/** Compares the copies that arrived with the decided ones. */
export async function mirrorDifferences(
  mesh: LiveMesh,
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

/** Compares the shares of injected delays and aborts. */
export async function faultDifferences(
  mesh: LiveMesh,
  request: Request,
  outcome: Forwarded,
): Promise<readonly string[]> {
  const { delay, abort } = outcome.fault;
  if ((!delay && !abort) || !first(mesh, 'fault', outcome.decidedBy)) return [];
  const count = delay ? 120 : samples;
  const probes = await sampled(mesh, request, count, delay ? 24 : 8);
  const found: string[] = [];
  if (delay) {
    const late = probes.filter(({ answer }) => answer.milliseconds >= delay.ms - 10).length;
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

/** Compares the tries of a failing server, for the failures that the rule retries and one that it does not. */
export async function retryDifferences(
  mesh: LiveMesh,
  request: Request,
  outcome: Forwarded,
): Promise<readonly string[]> {
  if (
    outcome.refusedShare !== undefined ||
    outcome.fault.abort ||
    outcome.fault.delay ||
    outcome.rateLimited.length > 0 ||
    isUpgrade(request)
  )
    return [];
  if (!first(mesh, 'retry', [outcome.tries, outcome.retryOn, outcome.backends, outcome.decidedBy])) return [];
  const found: string[] = [];
  for (const { failure, extra } of failures(request)) {
    const { arrivals } = await probe(mesh, request, extra);
    const tries = arrivals.filter((arrival) => !mirrored(outcome, arrivals).includes(arrival));
    const expected = retried(outcome, failure) ? outcome.tries : 1;
    if (tries.length !== expected)
      found.push(
        `server fails with ${JSON.stringify(failure)}: ${String(tries.length)} tries, decided ${String(expected)} (retries on ${outcome.retryOn.join(', ')})`,
      );
    if (
      new Set(tries.map(({ version }) => version)).size > 1 &&
      outcome.backends.every(({ version }) => version !== '*') &&
      namesVersions(mesh, outcome)
    )
      found.push(
        `tries went to ${tries.map(({ version }) => version).join(', ')}, decided one version a request`,
      );
  }
  if (outcome.tries > 1) found.push(...(await recoveryDifferences(mesh, request, outcome)));
  return found;
}

/**
 * Returns true if the deciding rule names a version for each backend: all tries of a request then stay on one version.
 */
function namesVersions({ ir }: LiveMesh, { decidedBy }: Forwarded): boolean {
  const rules = [
    ...Object.values(ir.services).flatMap(({ ports }) => ports.flatMap(({ route }) => route.rules)),
    ...Object.values(ir.gateways)
      .flatMap(({ listeners }) => listeners.flatMap(({ virtualHosts }) => virtualHosts))
      .flatMap(({ route }) => route.rules),
  ];
  const isDecisive = ({ origin }: Rule): boolean =>
    decidedBy.some(
      ({ file, line, column }) => file === origin.file && line === origin.line && column === origin.column,
    );
  return rules
    .filter(isDecisive)
    .every(
      ({ action }) =>
        action.type !== 'forward' || action.backends.every(({ version }) => version !== undefined),
    );
}

/** Compares the answers of a server that fails once: a retry must hide the failure. */
async function recoveryDifferences(
  mesh: LiveMesh,
  request: Request,
  outcome: Forwarded,
): Promise<readonly string[]> {
  const { extra } = failures(request).find(({ failure }) => retried(outcome, failure)) ?? {};
  if (extra === undefined) return [];
  const { answer, arrivals } = await probe(mesh, request, [
    ...extra,
    ['x-echo-times', '1'],
    ['x-echo-except', outcome.mirrors.map(({ service, version }) => `${service}@${version}`).join(' ')],
  ]);
  const tries = arrivals.length - mirrored(outcome, arrivals).length;
  return answer.status === 200 && (answer.grpcStatus ?? 0) === 0 && tries === 2
    ? []
    : [
        `server fails once: status ${String(answer.status)} after ${String(tries)} tries, decided 200 after 2`,
      ];
}

type Failure = number | 'reset' | { readonly grpc: number };

function isGrpc(request: Request): boolean {
  return request.headers.some(
    ({ name, value }) => name === 'content-type' && value.startsWith('application/grpc'),
  );
}

function isUpgrade(request: Request): boolean {
  return request.headers.some(({ name }) => name === 'upgrade');
}

function failures(
  request: Request,
): readonly { failure: Failure; extra: readonly (readonly [string, string])[] }[] {
  if (isGrpc(request)) {
    return [1, 4, 5, 8, 13, 14].map((grpc) => ({
      failure: { grpc },
      extra: [['x-echo-grpc', String(grpc)]],
    }));
  }
  return [
    ...[409, 429, 500, 501, 502, 503, 504].map((failure) => ({
      failure,
      extra: [['x-echo-status', String(failure)] as const],
    })),
    { failure: 'reset', extra: [['x-echo-reset', '1']] },
  ];
}

const grpcConditions: Readonly<Record<number, string>> = {
  1: 'cancelled',
  4: 'deadline-exceeded',
  8: 'resource-exhausted',
  13: 'internal',
  14: 'unavailable',
};

function retried({ retryOn }: Forwarded, failure: Failure): boolean {
  if (failure === 'reset')
    return ['reset', 'gateway-error', '5xx'].some((condition) => retryOn.includes(condition));
  if (typeof failure !== 'number') return retryOn.includes(grpcConditions[failure.grpc] ?? '');
  if (retryOn.includes(failure) || retryOn.includes(String(failure))) return true;
  if (failure >= 502 && failure <= 504 && retryOn.includes('gateway-error')) return true;
  return failure >= 500 && retryOn.includes('5xx');
}

/** Compares a route without a timeout: it must wait for a slow server. */
async function unlimitedDifferences(mesh: LiveMesh, request: Request): Promise<readonly string[]> {
  if (!first(mesh, 'timeout', 0)) return [];
  const { answer } = await probe(mesh, request, [['x-echo-delay', '6000']]);
  return answer.status === 200
    ? []
    : [`server after 6 s: status ${String(answer.status)}, decided no timeout`];
}

/** Compares an upgrade, which ends the timeout: the WebSocket must still work later. */
async function upgradeDifferences(
  mesh: LiveMesh,
  request: Request,
  outcome: Forwarded,
): Promise<readonly string[]> {
  if (!first(mesh, 'upgrade', outcome.decidedBy)) return [];
  const { sending } = await prepare(mesh, request);
  const answer = await send({ ...sending, linger: outcome.timeout + 400 });
  return answer.status === 101 && answer.milliseconds < 9000
    ? []
    : [
        `socket spoken through ${String(outcome.timeout + 400)} ms later: status ${String(answer.status)} after ${answer.milliseconds.toFixed(0)} ms`,
      ];
}

/** Compares the answers of a server that is slower than the timeout: 504 at the timeout, not before. */
export async function timeoutDifferences(
  mesh: LiveMesh,
  request: Request,
  outcome: Forwarded,
): Promise<readonly string[]> {
  const { timeout, tries, fault } = outcome;
  if (
    timeout > 2500 ||
    outcome.refusedShare !== undefined ||
    fault.delay ||
    fault.abort ||
    outcome.rateLimited.length > 0
  )
    return [];
  if (isUpgrade(request)) return upgradeDifferences(mesh, request, outcome);
  if (timeout === 0) return unlimitedDifferences(mesh, request);
  if (!first(mesh, 'timeout', [timeout, tries, outcome.decidedBy])) return [];
  const perTry = outcome.perTryTimeout > 0 && outcome.tries > 1 ? outcome.perTryTimeout : timeout;
  const [late, intime] = await Promise.all([
    probe(mesh, request, [['x-echo-delay', String(timeout + 1500)]]),
    probe(mesh, request, [['x-echo-delay', String(Math.max(0, Math.min(timeout, perTry) - 250))]]),
  ]);
  const found: string[] = [];
  const grpc = isGrpc(request);
  if (grpc && late.answer.grpcStatus !== 14)
    found.push(
      `server later than ${String(timeout)} ms: grpc-status ${String(late.answer.grpcStatus)}, decided 14`,
    );
  if (!grpc && late.answer.status !== 504)
    found.push(`server later than ${String(timeout)} ms: status ${String(late.answer.status)}, decided 504`);
  const earliest = retried(outcome, 'reset') ? Math.min(timeout, perTry * tries) : Math.min(timeout, perTry);
  const retriedTries = retried(outcome, 'reset') && outcome.perTryTimeout > 0 ? tries : 1;
  const lateTries = late.arrivals.length - mirrored(outcome, late.arrivals).length;
  if (perTry * tries < timeout && lateTries !== retriedTries)
    found.push(`server too late: ${String(lateTries)} tries, decided ${String(retriedTries)}`);
  if (late.answer.milliseconds < earliest - 30 || late.answer.milliseconds > earliest + 500) {
    found.push(
      `server too late: answered after ${late.answer.milliseconds.toFixed(0)} ms, decided ${String(earliest)} and the time between tries`,
    );
  }
  if (!grpc && intime.answer.status !== 200)
    found.push(`server 250 ms before the timeout: status ${String(intime.answer.status)}, decided 200`);
  return found;
}
