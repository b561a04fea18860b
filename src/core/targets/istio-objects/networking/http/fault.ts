import type { Fault } from '../../../../ir/route.ts';
import { duration } from '../../../kubernetes-objects/duration.ts';
import type { HttpFault } from '../../crds/parts.ts';

/**
 * Returns faults. The percentage is written explicitly, since an absent one would mean never. gRPC statuses have names.
 */
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

/** Names of gRPC statuses by number (gRPC, doc/statuscodes.md). */
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
