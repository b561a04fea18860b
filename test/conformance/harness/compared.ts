import type { Outcome } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import { differences } from './differences.ts';
import { limitDifferences, pauseForLimits } from './limits.ts';
import type { LiveMesh } from './live-mesh.ts';
import {
  faultDifferences,
  mirrorDifferences,
  retryDifferences,
  splitDifferences,
  timeoutDifferences,
} from './probes.ts';
import { send } from './send.ts';
import { isStream, prepare } from './sending.ts';
import { streamDifferences } from './stream-differences.ts';
import { tokenPlaces } from './token.ts';

/** Sends one request once, then in ways that show its retries, timeout, shares, mirrors and faults. */
export async function compared(mesh: LiveMesh, request: Request): Promise<readonly string[]> {
  if (isStream(mesh.ir, request)) return streamDifferences(mesh, request);
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
    ...(await timeoutDifferences(mesh, request, outcome)),
    ...(await limitDifferences(mesh, request, outcome)),
  ];
}

async function plain(mesh: LiveMesh, request: Request, source: number): Promise<readonly string[]> {
  const prepared = await prepare(mesh, request, { source });
  const { outcome } = prepared;
  const uncertain =
    outcome.outcome === 'forwarded' &&
    (outcome.refusedShare !== undefined ||
      outcome.fault.abort !== undefined ||
      (outcome.fault.delay !== undefined && outcome.fault.delay.share < 1));
  if (uncertain) return [];
  await pauseForLimits(outcome);
  return differences(mesh, prepared, await send(prepared.sending));
}

/** Returns true if a connection is refused in plain text and by TLS without a certificate. */
function isRefusedConnection({ ir }: LiveMesh, { from, to, port }: Request, outcome: Outcome): boolean {
  const service = to.type === 'service' ? ir.services[to.id] : undefined;
  const asked = service?.ports.find(({ name, number }) => name === port || number === port);
  const strict = service !== undefined && (asked?.mtls ?? service.mtls) === 'strict';
  return from.type === 'anonymous' && strict && outcome.outcome === 'refused' && outcome.status === 0;
}
