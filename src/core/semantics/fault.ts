import type { Fault, Header } from '../ir/route.ts';
import { decision } from './answer.ts';
import type { Decision, Forwarded } from './outcome.ts';

/** An abort of every request, which is part of the decision. */
export interface CertainAbort {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly decidedBy: Decision;
}

/** Returns the abort of 100 %, if there is one. A delay before the abort doesn't change the result. */
export function certainAbort(fault: Fault | undefined): CertainAbort | undefined {
  if (fault?.abort === undefined || fault.abort.percent < 100) return undefined;
  const { grpcStatus } = fault.abort;
  return {
    status: statusOf(fault.abort),
    reason: 'a fault of the rule aborts every request',
    headers: grpcStatus === undefined ? [] : [{ name: 'grpc-status', value: String(grpcStatus) }],
    decidedBy: decision(fault.origin, 'fault: aborts every request'),
  };
}

/** Returns the faults of a share of the requests, which the outcome lists without deciding on them. Shares are 0..1. */
export function possibleFaults(fault: Fault | undefined): Forwarded['fault'] {
  const { delay, abort } = fault ?? {};
  return {
    ...(delay === undefined || delay.percent === 0
      ? {}
      : { delay: { ms: delay.duration, share: delay.percent / 100 } }),
    ...(abort === undefined || abort.percent === 0
      ? {}
      : { abort: { status: statusOf(abort), share: abort.percent / 100 } }),
  };
}

/** Returns the HTTP status of an abort; a gRPC status is sent with HTTP status 200. */
function statusOf(abort: NonNullable<Fault['abort']>): number {
  return abort.status ?? 200;
}
