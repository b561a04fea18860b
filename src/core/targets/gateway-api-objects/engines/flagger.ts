import { jsonRecord } from '../../../lib/json-record.ts';
import type { Json, ObjectArtifact } from '../../artifact.ts';
import { type EngineService, engineServices } from '../../rollout-engines/engine-services.ts';
import type { CanarySpec } from '../../rollout-engines/engines.gen.ts';
import { flaggerObjects } from '../../rollout-engines/flagger-objects.ts';
import { specOf, withSpec } from '../../rollout-engines/object-spec.ts';
import { primaryLabel } from '../../rollout-engines/primary-pods.ts';
import type { HTTPRouteSpec } from '../gateway-api.gen.ts';
import type { EngineContext } from './engine-context.ts';
import { queriesOf } from './queries-of.ts';

/**
 * Returns the objects for services that Flagger rolls out. Flagger itself writes their routes and Services from its
 * Canary, so these are left out. Objects that choose a service's pods also choose Flagger's copies of the pods.
 */
export function withFlagger(
  artifacts: readonly ObjectArtifact[],
  context: EngineContext,
): readonly ObjectArtifact[] {
  return engineServices(context.ir, 'flagger').reduce(
    (all, one) => withService(all, one, context),
    artifacts,
  );
}

/** Kinds that Flagger writes for a service. */
const written: ReadonlySet<string> = new Set(['Service', 'HTTPRoute']);

function withService(
  artifacts: readonly ObjectArtifact[],
  one: EngineService,
  context: EngineContext,
): readonly ObjectArtifact[] {
  const { name, id } = one.service;
  const isOwn = (artifact: ObjectArtifact): boolean =>
    written.has(artifact.kind) && annotationsOf(artifact)[origin] === `Service/${id}`;
  const route = artifacts.find((artifact) => artifact.kind === 'HTTPRoute' && isOwn(artifact));
  const entrance = artifacts.find(
    (artifact) => artifact.kind === 'Service' && artifact.name === name && isOwn(artifact),
  );
  const notes = { ...notesOf(entrance), ...notesOf(route) };
  return [
    ...artifacts
      .filter((artifact) => !isOwn(artifact))
      .map((artifact) => withPrimaryPods(artifact, one.service)),
    ...flaggerObjects(one, {
      provider: context.provider,
      service: {
        ...routeParts(route),
        ...(Object.keys(notes).length > 0 && { apex: { annotations: notes } }),
      },
      queries: queriesOf(one, `${name}-canary`, context),
      prometheus: context.ir.prometheus ?? '',
    }),
  ];
}

const origin = 'meshwright.dev/origin';

function annotationsOf({ manifest }: ObjectArtifact): Readonly<Record<string, unknown>> {
  return jsonRecord(jsonRecord(jsonRecord(manifest)['metadata'])['annotations']);
}

/** Returns the annotations of a route or Service that hold settings of the mesh. */
function notesOf(artifact: ObjectArtifact | undefined): Readonly<Record<string, string>> {
  if (artifact === undefined) return {};
  const { [origin]: _, ...others } = annotationsOf(artifact) as Readonly<Record<string, string>>;
  return others;
}

/** Returns the fields of a route's only rule that Flagger's rule has, too. */
function routeParts(route: ObjectArtifact | undefined): Partial<CanarySpec['service']> {
  if (route === undefined) return {};
  const { parentRefs = [], rules = [] } = specOf(route) as HTTPRouteSpec;
  const timeout = rules[0]?.timeouts?.request;
  return { gatewayRefs: parentRefs, ...(timeout !== undefined && { timeout }) };
}

/** Returns an object that chooses pods by labels, changed to choose Flagger's copies of the pods, too. */
function withPrimaryPods(artifact: ObjectArtifact, service: EngineService['service']): ObjectArtifact {
  const label = primaryLabel(service);
  const spec = specOf(artifact);
  const selector = jsonRecord(spec['podSelector'] as Json | undefined);
  const { matchLabels, matchExpressions = [] } = selector;
  const value = label === undefined ? undefined : service.workload.labels[label];
  if (label === undefined || value === undefined) return artifact;
  if (artifact.namespace !== service.namespace || jsonRecord(matchLabels)[label] !== value) return artifact;
  const { [label]: _, ...others } = jsonRecord(matchLabels);
  const either = { key: label, operator: 'In', values: [value, `${value}-primary`] };
  return withSpec(artifact, {
    ...spec,
    podSelector: {
      ...selector,
      ...(Object.keys(others).length > 0 ? { matchLabels: others } : { matchLabels: undefined }),
      matchExpressions: [...(matchExpressions as readonly Json[]), either],
    },
  });
}
