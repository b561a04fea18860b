import type { Rule } from '../../../src/core/ir/route.ts';
import type { Forwarded } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import { mirrored } from './differences.ts';
import type { Arrival } from './echo.ts';
import type { LiveMesh } from './live-mesh.ts';
import { first, probe } from './probes.ts';
import { isGrpc, isUpgrade } from './request-kinds.ts';
import { undisturbed } from './undisturbed.ts';

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
    const number = await undisturbed(async () => {
      const { arrivals } = await probe(mesh, request, extra);
      const tries = arrivals.filter((arrival) => !mirrored(outcome, arrivals).includes(arrival));
      // Versions are drawn, so that each measurement counts.
      found.push(...strayDifferences(mesh, outcome, tries));
      const expected = retried(outcome, failure) ? outcome.tries : 1;
      return tries.length === expected
        ? []
        : [
            `server fails with ${JSON.stringify(failure)}: ${String(tries.length)} tries, decided ${String(expected)} (retries on ${outcome.retryOn.join(', ')})`,
          ];
    });
    found.push(...number);
  }
  if (outcome.tries > 1)
    found.push(...(await undisturbed(() => recoveryDifferences(mesh, request, outcome))));
  return found;
}

/** Compares the versions that the tries of a request reached: they stay on the version that was drawn for it. */
function strayDifferences(mesh: LiveMesh, outcome: Forwarded, tries: readonly Arrival[]): readonly string[] {
  const versions = tries.map(({ version }) => version);
  const isStray =
    new Set(versions).size > 1 &&
    outcome.backends.every(({ version }) => version !== '*') &&
    namesVersions(mesh, outcome);
  return isStray ? [`tries went to ${versions.join(', ')}, decided one version a request`] : [];
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

/** A status, a cut connection or a gRPC status. */
type Failure = number | 'reset' | { readonly grpc: number };

/** A failure, and the headers that make an application fail in this way. */
interface Failing {
  readonly failure: Failure;
  readonly extra: readonly (readonly [string, string])[];
}

function failures(request: Request): readonly Failing[] {
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

/** Returns true if the rule that decided retries after a failure. */
export function retried({ retryOn }: Forwarded, failure: Failure): boolean {
  if (failure === 'reset')
    return ['reset', 'gateway-error', '5xx'].some((condition) => retryOn.includes(condition));
  if (typeof failure !== 'number') return retryOn.includes(grpcConditions[failure.grpc] ?? '');
  if (retryOn.includes(failure) || retryOn.includes(String(failure))) return true;
  if (failure >= 502 && failure <= 504 && retryOn.includes('gateway-error')) return true;
  return failure >= 500 && retryOn.includes('5xx');
}
