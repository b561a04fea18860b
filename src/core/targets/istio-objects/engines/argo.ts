import type { Ir } from '../../../ir/ir.ts';
import { istioVersion } from '../../arm-counters/istio-counters.ts';
import type { Artifact, ObjectArtifact } from '../../artifact.ts';
import { hostOf } from '../../kubernetes-objects/host.ts';
import { argoObjects } from '../../rollout-engines/argo-objects.ts';
import { type EngineService, engineServices } from '../../rollout-engines/engine-services.ts';
import { specOf, withSpec } from '../../rollout-engines/object-spec.ts';
import type { HttpRoute, Subset } from '../crds/parts.ts';
import { queriesOf } from './counters.ts';

/** The subsets whose labels Argo Rollouts manages, by the side of a rollout. */
const subsets = { stable: 'stable', canary: 'canary' } as const;

/**
 * Returns the objects for services that Argo Rollouts rolls out. Their routes lead to two subsets, to which the engine
 * adds the labels of the pods, and their Rollouts name these routes.
 */
export function withArgo(artifacts: readonly Artifact[], ir: Ir): readonly Artifact[] {
  return engineServices(ir, 'argo-rollouts').reduce((all, one) => withService(all, one, ir), artifacts);
}

function withService(artifacts: readonly Artifact[], one: EngineService, ir: Ir): readonly Artifact[] {
  const { service, rollout } = one;
  const routing: { name: string; routes: readonly string[] }[] = [];
  const changed = artifacts.map((artifact) => {
    if (artifact.type !== 'object') return artifact;
    if (isObject(artifact, 'DestinationRule', service)) return withSubsets(artifact, one);
    if (artifact.kind !== 'VirtualService') return artifact;
    const { moved, names } = withRoutes(artifact, one);
    if (names.length === 0) return artifact;
    const { name, namespace } = artifact;
    routing.push({ name: namespace === service.namespace ? name : `${name}.${namespace}`, routes: names });
    return moved;
  });
  const [only, ...others] = routing;
  const virtual =
    others.length === 0 && only !== undefined ? { virtualService: only } : { virtualServices: routing };
  const version = service.versions.find(({ name }) => name === rollout.to);
  const label = version && istioVersion({ version: version.name, ...version.labels });
  const named = { label: 'destination_service_name', op: '=', value: service.name } as const;
  return [
    ...changed,
    ...argoObjects(one, {
      routing: {
        trafficRouting: {
          istio: {
            ...virtual,
            destinationRule: {
              name: service.name,
              stableSubsetName: subsets.stable,
              canarySubsetName: subsets.canary,
            },
          },
        },
      },
      queries: queriesOf(one, [named, ...(label ? [label] : [])]),
      prometheus: ir.prometheus ?? '',
    }),
  ];
}

function isObject(
  { kind, name, namespace }: ObjectArtifact,
  wanted: string,
  service: EngineService['service'],
): boolean {
  return kind === wanted && name === service.name && namespace === service.namespace;
}

/** Replaces the subsets of both versions by those that the engine fills; the engine distinguishes pods by a hash. */
function withSubsets(artifact: ObjectArtifact, { rollout }: EngineService): ObjectArtifact {
  const spec = specOf(artifact);
  const own = (spec['subsets'] ?? []) as readonly Subset[];
  const others = own.filter(({ name }) => name !== rollout.from && name !== rollout.to);
  const made = (
    [
      [rollout.from, subsets.stable],
      [rollout.to, subsets.canary],
    ] as const
  ).map(([version, name]) => {
    const { labels: _, ...rest } = own.find((subset) => subset.name === version) ?? { name };
    return { ...rest, name };
  });
  return withSpec(artifact, { ...spec, subsets: [...others, ...made] });
}

/** Returns a VirtualService whose routes to the service lead to both subsets, and the names of these routes. */
function withRoutes(
  artifact: ObjectArtifact,
  { service, rollout }: EngineService,
): { readonly moved: ObjectArtifact; readonly names: readonly string[] } {
  const spec = specOf(artifact);
  const host = hostOf(service.id);
  const names: string[] = [];
  const http = ((spec['http'] ?? []) as readonly HttpRoute[]).map((route) => {
    const [backend] = route.route ?? [];
    if (backend?.destination.host !== host || backend.destination.subset !== rollout.from) return route;
    // The engine finds a route by its name.
    const before = names.filter((name) => name.replace(/#\d+$/, '') === route.name).length;
    const name = before === 0 ? (route.name ?? service.name) : `${route.name ?? ''}#${String(before + 1)}`;
    names.push(name);
    const to = (subset: string, weight: number) => ({
      ...backend,
      destination: { ...backend.destination, subset },
      weight,
    });
    return { ...route, name, route: [to(subsets.stable, 100), to(subsets.canary, 0)] };
  });
  return { moved: withSpec(artifact, { ...spec, http }), names };
}
