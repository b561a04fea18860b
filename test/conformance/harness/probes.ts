import type { Forwarded } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import { mirrored } from './differences.ts';
import { fits, measuredTwice } from './distribution.ts';
import type { Arrival } from './echo.ts';
import type { LiveMesh } from './live-mesh.ts';
import { type Answer, send } from './send.ts';
import { prepare } from './sending.ts';
import { undisturbed } from './undisturbed.ts';

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
  if (
    outcome.rateLimited.length > 0 ||
    outcome.backends.length + (outcome.refusedShare === undefined ? 0 : 1) < 2 ||
    !first(mesh, 'split', outcome.decidedBy)
  )
    return [];
  return measuredTwice(() => shareDifferences(mesh, request, outcome));
}

async function shareDifferences(
  mesh: LiveMesh,
  request: Request,
  { backends: shares, refusedShare }: Forwarded,
): Promise<readonly string[]> {
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
  const decided = [...shares.map(({ share }) => share), refusedShare ?? 0];
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
  // A copy that gets no core for half a second arrives after it was counted.
  return measuredTwice(() => undisturbed(() => copyDifferences(mesh, request, outcome)));
}

async function copyDifferences(
  mesh: LiveMesh,
  request: Request,
  outcome: Forwarded,
): Promise<readonly string[]> {
  const count = outcome.mirrors.every(({ share }) => share === 1) ? 20 : samples;
  const probes = await sampled(mesh, request, count);
  await quiet(() => probes.reduce((sum, { arrivals }) => sum + arrivals.length, 0));
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

/** Waits until a number has stayed the same for half a second: nobody waits for the answers to copies. */
async function quiet(number: () => number): Promise<void> {
  let [seen, since] = [number(), performance.now()];
  while (performance.now() - since < 500) {
    await new Promise((done) => setTimeout(done, 20));
    if (number() !== seen) [seen, since] = [number(), performance.now()];
  }
}

/** Compares the shares of injected delays and aborts. */
export async function faultDifferences(
  mesh: LiveMesh,
  request: Request,
  outcome: Forwarded,
): Promise<readonly string[]> {
  const { delay, abort } = outcome.fault;
  if ((!delay && !abort) || !first(mesh, 'fault', outcome.decidedBy)) return [];
  return measuredTwice(() => undisturbed(() => faultShares(mesh, request, outcome)));
}

async function faultShares(
  mesh: LiveMesh,
  request: Request,
  { fault: { delay, abort } }: Forwarded,
): Promise<readonly string[]> {
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
