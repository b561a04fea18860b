import type { ObjectArtifact } from '../artifact.ts';
import { stepSeconds } from '../engine-step-seconds.ts';
import type { EngineQueries } from './engine-queries.ts';
import type { EngineService } from './engine-services.ts';
import type { CanarySpec } from './engines.gen.ts';
import { object } from './object.ts';

/** The parts of a Canary that a mesh decides. */
export interface CanaryParts {
  /** Flagger's name of the mesh. */
  readonly provider: string;
  /** Parts of the route that Flagger writes, beside name and port. */
  readonly service: Partial<CanarySpec['service']>;
  readonly queries: EngineQueries;
  /** Address of the Prometheus server. */
  readonly prometheus: string;
}

/** The number of failed checks after which Flagger rolls back. */
const threshold = 3;

/** The number of checks in a rollout without steps below 100 %. */
const iterations = 10;

/**
 * Returns the Canary of a service and its queries. Flagger watches the Deployment with the service's name: changed pods
 * of the Deployment are the candidate.
 */
export function flaggerObjects(
  { rollout, service }: EngineService,
  { provider, service: route, queries, prometheus }: CanaryParts,
): readonly ObjectArtifact[] {
  const { namespace, name, ports } = service;
  const head = { namespace, from: `Rollout/${rollout.id}`, origins: [rollout.origin] };
  const { slo, latency } = rollout.judge;
  const measured = [
    { name: 'errors', query: queries.errors, max: percent(1 - slo) },
    ...(queries.latency === undefined || latency === undefined
      ? []
      : [{ name: 'latency', query: queries.latency, max: latency.max }]),
  ];
  const seconds = stepSeconds(rollout);
  const [port] = ports;
  return [
    object({
      ...head,
      kind: 'Canary',
      name,
      spec: {
        provider,
        targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        service: {
          name,
          port: port?.number ?? 80,
          portName: port?.name ?? 'http',
          targetPort: port?.targetPort ?? port?.number ?? 80,
          portDiscovery: false,
          ...route,
        },
        analysis: {
          interval: `${String(seconds[0] ?? 60)}s`,
          threshold,
          ...(seconds.length === 0
            ? { iterations }
            : { stepWeights: rollout.steps.map(({ weight }) => weight).filter((weight) => weight < 100) }),
          metrics: measured.map((metric) => ({
            name: metric.name,
            interval: '1m',
            thresholdRange: { max: metric.max },
            templateRef: { name: `${name}-${metric.name}`, namespace },
          })),
        },
      },
    }),
    ...measured.map((metric) =>
      object({
        ...head,
        kind: 'MetricTemplate',
        name: `${name}-${metric.name}`,
        spec: { provider: { type: 'prometheus', address: prometheus }, query: metric.query },
      }),
    ),
  ];
}

/** Returns a share in per cent, rounded to six decimals: 1 − 0.99 is 1 %, not 1.0000000000000009 %. */
function percent(share: number): number {
  return Math.round(share * 1e8) / 1e6;
}
