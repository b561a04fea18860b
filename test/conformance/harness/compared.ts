import { decide } from '../../../src/core/semantics/decide.ts';
import type { Outcome } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import { differences } from './differences.ts';
import { limitDifferences, pauseForLimits } from './limits.ts';
import type { LiveMesh } from './live-mesh.ts';
import { faultDifferences, mirrorDifferences, splitDifferences } from './probes.ts';
import { retryDifferences } from './retry-probes.ts';
import { send } from './send.ts';
import { isStream, prepare } from './sending.ts';
import { streamDifferences } from './stream-differences.ts';
import { timeoutDifferences } from './timeout-probes.ts';
import { tokenPlaces } from './token.ts';
import { undisturbed } from './undisturbed.ts';

/** Sends one request once, then in ways that show its retries, shares, mirrors, faults, limits and timeout. */
export async function compared(mesh: LiveMesh, request: Request): Promise<readonly string[]> {
  return [...(await comparedAtOnce(mesh, request)), ...(await comparedWhenSlow(mesh, request))];
}

/** Compares slow servers and refused connections: this waits most of the time, so that many run at a time. */
export async function comparedWhenSlow(mesh: LiveMesh, request: Request): Promise<readonly string[]> {
  const outcome = decide(mesh.ir, request);
  // A proxy that refuses a connection may wait for its first bytes before.
  if (isStream(mesh.ir, request))
    return outcome.outcome === 'forwarded' ? [] : streamDifferences(mesh, request);
  return outcome.outcome === 'forwarded' ? timeoutDifferences(mesh, request, outcome) : [];
}

/** Compares a request as `compared` does, without what `comparedWhenSlow` compares. */
export async function comparedAtOnce(mesh: LiveMesh, request: Request): Promise<readonly string[]> {
  if (isStream(mesh.ir, request))
    return decide(mesh.ir, request).outcome === 'forwarded' ? streamDifferences(mesh, request) : [];
  const places = request.claims === undefined ? 1 : tokenPlaces(mesh.ir, request);
  const found: string[] = [];
  for (let source = 0; source < places; source += 1) found.push(...(await plain(mesh, request, source)));
  const { outcome, sending } = await prepare(mesh, request);
  if (isRefusedConnection(mesh, request, outcome)) {
    const answer = await send({ ...sending, tls: {} });
    if (answer.status !== 0)
      found.push(`status ${String(answer.status)} over TLS without a certificate, decided 0`);
  }
  if (outcome.outcome !== 'forwarded') return found;
  return [
    ...found,
    ...(await splitDifferences(mesh, request, outcome)),
    ...(await mirrorDifferences(mesh, request, outcome)),
    ...(await faultDifferences(mesh, request, outcome)),
    ...(await retryDifferences(mesh, request, outcome)),
    ...(await limitDifferences(mesh, request, outcome)),
  ];
}

/** Milliseconds below which no timeout of a case ends a request: a request that takes longer may have been held up. */
const undelayed = 400;

async function plain(mesh: LiveMesh, request: Request, source: number): Promise<readonly string[]> {
  let isSlow = false;
  return undisturbed(
    async () => {
      const { found, milliseconds } = await asked(mesh, request, source);
      // A difference of a quick answer stays a difference, whatever comes later.
      isSlow = milliseconds > undelayed;
      return found;
    },
    () => isSlow,
  );
}

async function asked(
  mesh: LiveMesh,
  request: Request,
  source: number,
): Promise<{ readonly found: readonly string[]; readonly milliseconds: number }> {
  const prepared = await prepare(mesh, request, { source });
  const { outcome } = prepared;
  const uncertain =
    outcome.outcome === 'forwarded' &&
    (outcome.refusedShare !== undefined ||
      outcome.fault.abort !== undefined ||
      (outcome.fault.delay !== undefined && outcome.fault.delay.share < 1));
  if (uncertain) return { found: [], milliseconds: 0 };
  await pauseForLimits(outcome);
  const answer = await send(prepared.sending);
  return { found: differences(mesh, prepared, answer), milliseconds: answer.milliseconds };
}

/** Returns true if a connection is refused in plain text and by TLS without a certificate. */
function isRefusedConnection({ ir }: LiveMesh, { from, to, port }: Request, outcome: Outcome): boolean {
  const service = to.type === 'service' ? ir.services[to.id] : undefined;
  const asked = service?.ports.find(({ name, number }) => name === port || number === port);
  const strict = service !== undefined && (asked?.mtls ?? service.mtls) === 'strict';
  return from.type === 'anonymous' && strict && outcome.outcome === 'refused' && outcome.status === 0;
}
