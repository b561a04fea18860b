import type { ArmCounter, ArmQuestion, Arms, LabelMatcher } from '../../evidence/arms.ts';
import type { Arm } from '../../evidence/stream-line.ts';
import { envoyClass, envoyNotes } from './envoy-classes.ts';

/** The conditions for the requests of one arm in Istio's standard metrics, on both sides. */
export interface IstioArm {
  readonly client: readonly LabelMatcher[];
  /** Absent if the reports of serving pods don't tell the arms apart. */
  readonly server?: readonly LabelMatcher[];
}

/** The proxies that report requests. A waypoint reports for callers and servers. */
export type Reporters = 'sidecars' | 'waypoints';

/**
 * Returns the counters of Istio's standard metrics (istio_requests_total, istio_request_duration_milliseconds). A proxy
 * is a pod, by the labels `namespace` and `pod` that the usual configurations of Prometheus add.
 */
export function istioCounters(
  question: ArmQuestion,
  armOf: (arm: Arm) => IstioArm,
  all: readonly LabelMatcher[],
  reporters: Reporters,
): Arms {
  const reported = (by: string): LabelMatcher => ({ label: 'reporter', op: '=', value: by });
  const client = reported(reporters === 'sidecars' ? 'source' : 'waypoint');
  const bad = question.bad.map((one) => envoyClass(one, labels));
  const counters = (['baseline', 'candidate'] as const).flatMap((arm): readonly ArmCounter[] => {
    const own = armOf(arm);
    const matchers = [client, ...own.client];
    const judged: ArmCounter = {
      arm,
      side: 'client',
      requests: { metric: requests, matchers },
      bad,
      ...(question.slowAbove !== undefined && {
        times: { type: 'buckets', series: { metric: durations, matchers }, milliseconds: 1 },
      }),
    };
    if (own.server === undefined || reporters === 'waypoints') return [judged];
    const served = { metric: requests, matchers: [reported('destination'), ...own.server] };
    return [judged, { arm, side: 'server', requests: served, bad }];
  });
  const build = {
    metric: 'istio_build',
    matchers: [{ label: 'component', op: '=', value: 'proxy' }],
  } as const;
  const hasServers = counters.some(({ side }) => side === 'server');
  return {
    counters,
    alive: { client: build, ...(hasServers && { server: build }) },
    proxyLabels: ['namespace', 'pod'],
    names: {},
    all: [{ metric: requests, matchers: [client, ...all] }],
    notes: [
      ...envoyNotes(question.bad),
      'A request that finds no instance of a version is counted for no version.',
    ],
  };
}

const requests = 'istio_requests_total';
const durations = 'istio_request_duration_milliseconds_bucket';
const labels = { code: 'response_code', flags: 'response_flags', grpc: 'grpc_response_status' } as const;

/**
 * Returns the condition on the version of a destination, by the labels of its pods; undefined if Istio's metrics don't
 * have these labels.
 */
export function istioVersion(pods: Readonly<Record<string, string>>): LabelMatcher | undefined {
  const { version } = pods;
  if (version !== undefined) return { label: 'destination_version', op: '=', value: version };
  const revision = pods['service.istio.io/canonical-revision'] ?? pods['app.kubernetes.io/version'];
  if (revision === undefined) return undefined;
  return { label: 'destination_canonical_revision', op: '=', value: revision };
}
