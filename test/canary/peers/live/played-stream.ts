import { Random } from '../../simulator/random.ts';
import type { Scenario } from '../../simulator/scenario.ts';
import { stream } from '../../simulator/stream.ts';

/** The cumulative counters of the candidate at a second of a stream. */
interface Point {
  readonly t: number;
  readonly requests: number;
  readonly errors: number;
}

/** A seeded stream of the simulator, played as the counters of the candidate in a cluster. */
export interface PlayedStream {
  /** The namespace of its objects. */
  readonly name: string;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly points: readonly Point[];
}

/** Returns streams of the family `live`, a number of each scenario. */
export function playedStreams(
  scenarios: Readonly<Record<string, Scenario>>,
  seeds: number,
): readonly PlayedStream[] {
  return Object.entries(scenarios).flatMap(([name, scenario]) =>
    Array.from({ length: seeds }, (_, seed) => ({
      ...{ name: `${name}-${String(seed)}`, scenario, seed },
      points: [...stream(scenario, new Random('live', seed))].map((lines) =>
        lines.reduce(
          (point, line) =>
            'requests' in line && line.arm === 'candidate'
              ? {
                  t: line.t,
                  requests: point.requests + line.requests,
                  errors: point.errors + line.errors,
                }
              : point,
          { t: 0, requests: 0, errors: 0 },
        ),
      ),
    })),
  );
}

/**
 * Returns the counters of all streams at a second, as Istio's proxies of callers expose them: once as Flagger's Service
 * of the candidate, once as the version of the service.
 */
export function exposition(streams: readonly PlayedStream[], t: number): string {
  const lines = streams.flatMap(({ name, points }) => {
    const { requests, errors } = points.findLast((point) => point.t <= t) ?? { requests: 0, errors: 0 };
    return [
      'destination_service_name="reviews-canary"',
      'destination_service_name="reviews",destination_version="v2"',
    ].flatMap((labels) =>
      [
        ['200', requests - errors],
        ['503', errors],
      ].map(
        ([code, count]) =>
          `istio_requests_total{reporter="source",destination_service_namespace="${name}",${labels},response_code="${String(code)}",response_flags="-"} ${String(count)}`,
      ),
    );
  });
  return `# TYPE istio_requests_total counter\n${lines.join('\n')}\n`;
}
