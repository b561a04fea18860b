import type { Forwarded } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import { mirrored } from './differences.ts';
import type { LiveMesh } from './live-mesh.ts';
import { first, probe } from './probes.ts';
import { isGrpc, isUpgrade } from './request-kinds.ts';
import { retried } from './retry-probes.ts';
import { send } from './send.ts';
import { prepare } from './sending.ts';
import { undisturbed } from './undisturbed.ts';

/** Compares a route without a timeout: it must wait for a slow server. */
async function unlimitedDifferences(mesh: LiveMesh, request: Request): Promise<readonly string[]> {
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
  if (isUpgrade(request)) {
    if (!first(mesh, 'upgrade', outcome.decidedBy)) return [];
    // A server that gets no core until the timeout upgrades nothing.
    return undisturbed(() => upgradeDifferences(mesh, request, outcome));
  }
  if (timeout === 0) {
    if (!first(mesh, 'timeout', 0)) return [];
    return undisturbed(() => unlimitedDifferences(mesh, request));
  }
  if (!first(mesh, 'timeout', [timeout, tries, outcome.decidedBy])) return [];
  return undisturbed(() => latenessDifferences(mesh, request, outcome));
}

/** Compares the answers of a server that is later than the timeout, and of one that is not. */
async function latenessDifferences(
  mesh: LiveMesh,
  request: Request,
  outcome: Forwarded,
): Promise<readonly string[]> {
  const { timeout, tries } = outcome;
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
