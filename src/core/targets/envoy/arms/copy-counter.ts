import type { ArmCounter } from '../../../evidence/arms.ts';
import { envoyClass } from '../../arm-counters/envoy-classes.ts';
import { oneOf } from '../../arm-counters/one-of.ts';

/** Counters of clusters, which count copies in the same way as requests. */
export interface CopyCounter {
  readonly bad: ArmCounter['bad'];
  /** Sentences, for users, about requests that these counters miss. */
  readonly notes: readonly string[];
  /** Returns the counters of some clusters. */
  of(clusters: readonly string[]): Pick<ArmCounter, 'requests' | 'bad' | 'times'>;
}

/**
 * Returns the counters of both arms while the candidate gets copies. Loggers don't see copies, and both arms have to be
 * counted in the same way, so the counters are those of clusters: by HTTP status and by a histogram of times.
 */
export function copyCounter(classes: readonly string[], slowAbove: number | undefined): CopyCounter {
  const isStatus = (one: string): boolean => /^[1-5](?:xx|\d\d)$/.test(one);
  const code = 'envoy_response_code';
  const bad = classes.filter(isStatus).map((one) => envoyClass(one, { code, flags: code, grpc: code }));
  const left = classes.filter((one) => !isStatus(one));
  return {
    bad,
    notes:
      left.length === 0
        ? []
        : [`Copies of requests are counted by HTTP status alone, and not by ${left.join(', ')}.`],
    of: (clusters) => {
      const matchers = [oneOf('envoy_cluster_name', clusters)];
      return {
        requests: { metric: 'envoy_cluster_upstream_rq', matchers },
        bad,
        ...(slowAbove !== undefined && {
          times: {
            type: 'buckets' as const,
            series: { metric: 'envoy_cluster_upstream_rq_time_bucket', matchers },
            milliseconds: 1,
          },
        }),
      };
    },
  };
}
