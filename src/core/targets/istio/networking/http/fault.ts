import type { Fault } from '../../../../ir/route.ts';
import { duration } from '../../../kubernetes-objects/duration.ts';
import type { HttpFault } from '../../crds/parts.ts';

/** Faults; a percentage is written out, since none would mean never. gRPC statuses go by name. */
export function fault({ delay, abort }: Fault): HttpFault {
  return {
    ...(delay && {
      delay: { fixedDelay: duration(delay.duration), percentage: { value: delay.percent } },
    }),
    ...(abort && {
      abort: {
        ...(abort.grpcStatus === undefined
          ? abort.status !== undefined && { httpStatus: abort.status }
          : { grpcStatus: grpcStatuses[abort.grpcStatus] ?? 'UNKNOWN' }),
        percentage: { value: abort.percent },
      },
    }),
  };
}

/** By number (gRPC, doc/statuscodes.md). */
const grpcStatuses: readonly string[] = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];
