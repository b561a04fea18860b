import type { ObjectArtifact } from '../artifact.ts';
import { stepSeconds } from '../engine-step-seconds.ts';
import type { EngineQueries } from './engine-queries.ts';
import type { EngineService } from './engine-services.ts';
import type { RolloutSpec } from './engines.gen.ts';
import { object } from './object.ts';

type Canary = NonNullable<NonNullable<RolloutSpec['strategy']>['canary']>;

/** The parts of a Rollout of Argo Rollouts that a mesh decides. */
export interface ArgoParts {
  /** The objects whose weights Argo Rollouts moves. */
  readonly routing: Pick<Canary, 'trafficRouting' | 'canaryService' | 'stableService'>;
  readonly queries: EngineQueries;
  /** Address of the Prometheus server. */
  readonly prometheus: string;
}

/** The most failed measurements without a rollback, and the most measurements without data without a pause. */
const limits = { failureLimit: 1, inconclusiveLimit: 2 };

/**
 * Returns the Rollout of a service and its analysis. The Rollout takes over the pods of the Deployment with the
 * service's name. The Deployment itself stays as it is: people scale it down after the change.
 */
export function argoObjects(
  { rollout, service }: EngineService,
  { routing, queries, prometheus }: ArgoParts,
): readonly ObjectArtifact[] {
  const { namespace, name, workload, versions } = service;
  const head = { namespace, name, from: `Rollout/${rollout.id}`, origins: [rollout.origin] };
  const replicas = versions.find((version) => version.name === rollout.from)?.instances?.length;
  return [
    object({
      ...head,
      kind: 'AnalysisTemplate',
      spec: { metrics: metricsOf(rollout.judge, queries, prometheus) },
    }),
    object({
      ...head,
      kind: 'Rollout',
      spec: {
        ...(replicas !== undefined && { replicas }),
        selector: { matchLabels: workload.labels },
        workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name, scaleDown: 'never' },
        strategy: {
          canary: {
            ...routing,
            analysis: { templates: [{ templateName: name }], startingStep: 1 },
            steps: stepsOf(rollout),
          },
        },
      },
    }),
  ];
}

/** Returns the steps: a share, its time, and a pause without end before a step that somebody has to approve. */
function stepsOf(rollout: EngineService['rollout']): NonNullable<Canary['steps']> {
  const seconds = stepSeconds(rollout);
  return rollout.steps.flatMap(({ weight, approval, hold }, index) => [
    ...(approval ? [{ pause: {} }] : []),
    { setWeight: weight },
    ...(weight < 100 || hold > 0
      ? [{ pause: { duration: `${String(seconds[index] ?? Math.ceil(hold / 1000))}s` } }]
      : []),
  ]);
}

function metricsOf(
  { slo, latency }: EngineService['rollout']['judge'],
  queries: EngineQueries,
  address: string,
) {
  const measured = [
    { name: 'errors', query: queries.errors, max: Math.round((1 - slo) * 1e8) / 1e6 },
    ...(queries.latency === undefined || latency === undefined
      ? []
      : [{ name: 'latency', query: queries.latency, max: latency.max }]),
  ];
  return measured.map(({ name, query, max }) => ({
    name,
    interval: '60s',
    initialDelay: '60s',
    ...limits,
    successCondition: `len(result) > 0 && result[0] <= ${String(max)}`,
    failureCondition: `len(result) > 0 && result[0] > ${String(max)}`,
    provider: { prometheus: { address, query } },
  }));
}
