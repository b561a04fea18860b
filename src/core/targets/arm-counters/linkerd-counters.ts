import type { ArmCounter, ArmQuestion, Arms, LabelMatcher, Series } from '../../evidence/arms.ts';
import type { Arm } from '../../evidence/stream-line.ts';
import { grpcStatusNumber } from '../grpc-status-number.ts';

/** A Kubernetes Service. */
export interface NamedService {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Returns the counters that Linkerd's proxies keep for each backend of a route (Linkerd 2.16 and later). These counters
 * count tries: each retry of a request counts again.
 */
export function linkerdCounters(
  question: ArmQuestion,
  parent: NamedService,
  serviceOf: (arm: Arm) => NamedService,
): Arms {
  const ofParent: readonly LabelMatcher[] = [
    { label: 'parent_namespace', op: '=', value: parent.namespace },
    { label: 'parent_name', op: '=', value: parent.name },
  ];
  const counters = (['baseline', 'candidate'] as const).flatMap((arm) => {
    const { namespace, name } = serviceOf(arm);
    const matchers: readonly LabelMatcher[] = [
      ...ofParent,
      { label: 'backend_namespace', op: '=', value: namespace },
      { label: 'backend_name', op: '=', value: name },
    ];
    return (['http', 'grpc'] as const).map((kind): ArmCounter => {
      const series = (metric: string): Series => ({ metric: metricOf(kind, metric), matchers });
      return {
        arm,
        side: 'client',
        requests: series('response_statuses_total'),
        bad: question.bad.flatMap((one) => badLabels(kind, one)),
        ...(question.slowAbove !== undefined && {
          times: {
            type: 'buckets',
            series: series('response_duration_seconds_bucket'),
            milliseconds: 1000,
          },
        }),
      };
    });
  });
  return {
    counters,
    alive: { client: { metric: 'proxy_build_info', matchers: [] } },
    proxyLabels: ['namespace', 'pod'],
    names: {},
    all: (['http', 'grpc'] as const).map((kind) => ({
      metric: metricOf(kind, 'requests_total'),
      matchers: ofParent,
    })),
    notes: ['Each try of a request counts as a request of its own.'],
  };
}

function metricOf(kind: 'http' | 'grpc', metric: string): string {
  return `outbound_${kind}_route_backend_${metric}`;
}

/** Returns the conditions of a class of bad answers; an empty list if requests of this kind can't be in the class. */
function badLabels(kind: 'http' | 'grpc', bad: string): readonly (readonly LabelMatcher[])[] {
  const status = kind === 'http' ? 'http_status' : 'grpc_status';
  const error = (...errors: readonly string[]): readonly LabelMatcher[] => [
    { label: 'error', op: '=~', value: errors.join('|') },
  ];
  switch (bad) {
    case '5xx':
      // The proxy itself answers if a backend has no instances or too many requests.
      return [
        ...(kind === 'http' ? [[{ label: status, op: '=~', value: '5..' }] as const] : []),
        error('FAIL_FAST', 'LOAD_SHED'),
      ];
    case '4xx':
      return kind === 'http' ? [[{ label: status, op: '=~', value: '4..' }]] : [];
    case 'reset':
      return [error('RESET', 'GO_AWAY', 'IO', 'REFUSED', 'ENHANCE_YOUR_CALM', 'UNKNOWN')];
    case 'timeout':
      return [
        error('REQUEST_TIMEOUT', 'RESPONSE_HEADERS_TIMEOUT', 'RESPONSE_STREAM_TIMEOUT', 'IDLE_TIMEOUT'),
      ];
    case 'grpc':
      return kind === 'grpc' ? [[{ label: status, op: '!=', value: 'OK' }]] : [];
    default: {
      const isGrpc = grpcStatusNumber(bad) !== undefined;
      if (isGrpc !== (kind === 'grpc')) return [];
      const value = isGrpc ? bad.toUpperCase().replaceAll('-', '_') : bad;
      return [[{ label: status, op: '=', value }]];
    }
  }
}
