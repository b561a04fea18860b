import { jsonRecord } from '../../../../src/core/lib/json-record.ts';
import type { ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import { specOf } from '../../../../src/core/targets/rollout-engines/object-spec.ts';
import {
  engineDocuments,
  engineTargets,
  objectsOf,
} from '../../../core/targets/rollout-engines/engine-mesh.ts';
import { podTemplate } from './workloads.ts';

/** The clock of a run, which is faster than the stream. */
export interface Clock {
  /** Seconds of a stream in a second of the run. */
  readonly speed: number;
  /** Address of the Prometheus server. */
  readonly prometheus: string;
}

/** An object, and the path of the list that it is created in. */
export interface Created {
  readonly path: string;
  readonly object: unknown;
}

const istio = engineTargets[0];

/**
 * Returns the Canary and its queries as the target Istio compiles them, with the settings of Flagger's documentation in
 * the time of the run: 99 % good requests in each minute, five failed checks roll back, ten steps to 50 %.
 */
export function flaggerObjectsOf(namespace: string, clock: Clock): readonly Created[] {
  return compiled('flagger').map((artifact) => {
    const spec = fast(specOf(artifact), clock);
    if (artifact.kind !== 'Canary')
      return created('flagger.app/v1beta1', 'metrictemplates', artifact, namespace, spec);
    const analysis = jsonRecord(spec['analysis'] as never);
    const metrics = (analysis['metrics'] as readonly object[]).map((metric) => ({
      ...metric,
      interval: seconds(60, clock),
      templateRef: { ...(metric as { templateRef: object }).templateRef, namespace },
    }));
    return created('flagger.app/v1beta1', 'canaries', artifact, namespace, {
      ...spec,
      analysis: {
        ...{ interval: seconds(60, clock), threshold: 5 },
        ...{ stepWeights: [5, 10, 15, 20, 25, 30, 35, 40, 45, 50], metrics },
      },
    });
  });
}

/** The settings of an analysis of Argo Rollouts, which measures errors in per cent. */
export interface ArgoSettings {
  readonly name: string;
  readonly errors: number;
  /** Seconds of the stream between two measurements. */
  readonly interval: number;
  readonly failureLimit: number;
}

/**
 * Returns a Rollout of four steps of ten minutes and its AnalysisTemplate, from the objects that the target Istio
 * compiles, with pods of its own and without routes.
 */
export function argoObjectsOf(
  namespace: string,
  { name, errors, interval, failureLimit }: ArgoSettings,
  clock: Clock,
): readonly Created[] {
  const pause = { pause: { duration: seconds(600, clock) } };
  return compiled('argo-rollouts').map((artifact) => {
    const spec = fast(specOf(artifact), clock);
    const own = { ...artifact, name };
    if (artifact.kind === 'AnalysisTemplate') {
      const [metric] = spec['metrics'] as readonly object[];
      const every = seconds(interval, clock);
      return created('argoproj.io/v1alpha1', 'analysistemplates', own, namespace, {
        metrics: [
          {
            ...metric,
            ...{ interval: every, initialDelay: every, failureLimit },
            successCondition: `len(result) > 0 && result[0] <= ${String(errors)}`,
            failureCondition: `len(result) > 0 && result[0] > ${String(errors)}`,
          },
        ],
      });
    }
    return created('argoproj.io/v1alpha1', 'rollouts', own, namespace, {
      ...{ replicas: 10, selector: { matchLabels: { app: name } }, template: podTemplate(name, 'app:1') },
      strategy: {
        canary: {
          analysis: { templates: [{ templateName: name }], startingStep: 1 },
          steps: [20, 40, 60, 80].flatMap((setWeight) => [{ setWeight }, pause]),
        },
      },
    });
  });
}

function compiled(engine: string): readonly ObjectArtifact[] {
  if (istio === undefined) throw new Error('no target has engines');
  const documents = engineDocuments(engine, istio.platform).map((text) =>
    text.replace('slo: 99.5%', 'slo: 99%').replace(', latency: {quantile: p99, max: 300ms}', ''),
  );
  const kinds = ['Canary', 'MetricTemplate', 'Rollout', 'AnalysisTemplate'];
  return objectsOf(documents, istio).filter(({ kind }) => kinds.includes(kind));
}

/** Returns a spec whose queries look back over a minute of the stream, at the server of the run. */
function fast(spec: Readonly<Record<string, unknown>>, clock: Clock): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(spec)
    .replaceAll('[1m]', `[${seconds(60, clock)}]`)
    .replaceAll('http://prometheus.monitoring:9090', clock.prometheus);
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}

function seconds(ofStream: number, { speed }: Clock): string {
  return `${String(Math.round(ofStream / speed))}s`;
}

function created(
  apiVersion: string,
  resource: string,
  { kind, name }: Pick<ObjectArtifact, 'kind' | 'name'>,
  namespace: string,
  spec: Readonly<Record<string, unknown>>,
): Created {
  const text = JSON.stringify(spec).replaceAll(
    'destination_service_namespace=\\"shop\\"',
    `destination_service_namespace=\\"${namespace}\\"`,
  );
  return {
    path: `/apis/${apiVersion}/namespaces/${namespace}/${resource}`,
    object: { apiVersion, kind, metadata: { name, namespace }, spec: JSON.parse(text) as unknown },
  };
}
