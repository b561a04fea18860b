import type { ObjectArtifact } from '../artifact.ts';
import { object as kubernetesObject, type ObjectParts } from '../kubernetes-objects/object.ts';
import type { AnalysisTemplateSpec, CanarySpec, MetricTemplateSpec, RolloutSpec } from './engines.gen.ts';

/** The API version of each kind that is written for Flagger and Argo Rollouts. */
export const apiVersions = {
  Canary: 'flagger.app/v1beta1',
  MetricTemplate: 'flagger.app/v1beta1',
  Rollout: 'argoproj.io/v1alpha1',
  AnalysisTemplate: 'argoproj.io/v1alpha1',
} as const;

interface Specs {
  readonly Canary: CanarySpec;
  readonly MetricTemplate: MetricTemplateSpec;
  readonly Rollout: RolloutSpec;
  readonly AnalysisTemplate: AnalysisTemplateSpec;
}

/** The parts of an object of an engine; its `spec` is that of the CRD of its kind. */
export interface EngineObjectParts<K extends keyof Specs>
  extends Omit<ObjectParts, 'apiVersion' | 'kind' | 'spec'> {
  readonly kind: K;
  readonly spec: Specs[K];
}

/** Returns an object of an engine. */
export function object<K extends keyof Specs>({ kind, ...parts }: EngineObjectParts<K>): ObjectArtifact {
  return kubernetesObject({ ...parts, kind, apiVersion: apiVersions[kind] });
}
