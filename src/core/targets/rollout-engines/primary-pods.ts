import { jsonRecord } from '../../lib/json-record.ts';
import type { Json, ObjectArtifact } from '../artifact.ts';
import type { EngineService } from './engine-services.ts';
import { specOf, withSpec } from './object-spec.ts';

/** Labels by which Flagger knows the pods of a Deployment, in the order in which it looks for them. */
const labels = ['app', 'name', 'app.kubernetes.io/name'];

/** Keys of `spec` that choose pods, each with the path of the labels below. */
const selectors: readonly (readonly [string, string])[] = [
  ['selector', 'matchLabels'],
  ['workloadSelector', 'labels'],
];

/**
 * Returns copies of the objects that choose the pods of a service, for Flagger's copy of the service's Deployment. The
 * copy serves in place of the Deployment, and one label of its pods ends in `-primary`; without these objects nothing
 * would guard the pods.
 */
export function primaryCopies(
  artifacts: readonly ObjectArtifact[],
  service: EngineService['service'],
): readonly ObjectArtifact[] {
  return artifacts
    .filter(({ namespace, kind }) => namespace === service.namespace && kind !== 'Service')
    .flatMap((artifact) => {
      const spec = specOf(artifact);
      const found = selectors.find(([key, below]) => chooses(jsonRecord(spec[key] as Json)[below], service));
      if (found === undefined) return [];
      const [key, below] = found;
      const selector = jsonRecord(spec[key] as Json);
      const chosen = primaryLabels(jsonRecord(selector[below]), service);
      return [renamed(withSpec(artifact, { ...spec, [key]: { ...selector, [below]: chosen } }))];
    });
}

/**
 * Returns the label of the workload's pods that Flagger changes; undefined if the pods have no label that Flagger
 * knows.
 */
export function primaryLabel({ workload }: EngineService['service']): string | undefined {
  return labels.find((label) => label in workload.labels);
}

/** Returns true if these labels choose pods of the workload: labels in both have equal values. */
function chooses(chosen: Json | undefined, service: EngineService['service']): boolean {
  const label = primaryLabel(service);
  return label !== undefined && jsonRecord(chosen)[label] === service.workload.labels[label];
}

function primaryLabels(
  chosen: Readonly<Record<string, Json | undefined>>,
  service: EngineService['service'],
): Json {
  const label = primaryLabel(service) ?? '';
  return { ...chosen, [label]: `${service.workload.labels[label] ?? ''}-primary` };
}

function renamed(artifact: ObjectArtifact): ObjectArtifact {
  const name = `${artifact.name}-primary`;
  const manifest = jsonRecord(artifact.manifest);
  const metadata = { ...jsonRecord(manifest['metadata']), name };
  return { ...artifact, name, manifest: { ...manifest, metadata } };
}
