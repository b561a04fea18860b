import type { Fault } from '../../../ir/route.ts';
import { duration } from '../duration.ts';
import { type Fields, typed } from '../typed-config.ts';
import { fractionalPercent } from './percentage.ts';

export const faultFilter = 'envoy.filters.http.fault';

/** Returns the faults of one rule; the delay comes before the router and so before any timeout starts. */
export function fault({ delay, abort }: Fault): Fields {
  return typed('envoy.extensions.filters.http.fault.v3.HTTPFault', {
    ...(delay && {
      delay: { fixed_delay: duration(delay.duration), percentage: fractionalPercent(delay.percent) },
    }),
    ...(abort && {
      abort: {
        ...(abort.grpcStatus === undefined
          ? { http_status: abort.status }
          : { grpc_status: abort.grpcStatus }),
        percentage: fractionalPercent(abort.percent),
      },
    }),
  });
}
