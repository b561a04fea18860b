import type { Answer } from '../../../ports/request-sender.ts';
import type { Arrival } from '../../../ports/test-applications.ts';

/** A request as its caller and the applications saw it. */
export interface Observation {
  readonly answer: Answer;
  readonly arrivals: readonly Arrival[];
}

/** Returns the HTTP status that a caller sees; for a gRPC call, the HTTP status of its grpc-status. */
export function observedStatus({ status, grpcStatus }: Answer): number {
  if (status !== 200 || grpcStatus === undefined || grpcStatus === 0) return status;
  return httpStatusOf[grpcStatus] ?? status;
}

/** The HTTP status for each gRPC status that a proxy answers by itself (gRPC's http-grpc-status-mapping). */
const httpStatusOf: Readonly<Record<number, number>> = { 13: 400, 16: 401, 7: 403, 12: 404, 14: 503 };
