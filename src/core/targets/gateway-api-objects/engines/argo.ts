import { jsonRecord } from '../../../lib/json-record.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { argoObjects } from '../../rollout-engines/argo-objects.ts';
import { type EngineService, engineServices } from '../../rollout-engines/engine-services.ts';
import { specOf, withSpec } from '../../rollout-engines/object-spec.ts';
import type { GRPCRouteSpec, HTTPRouteSpec } from '../gateway-api.gen.ts';
import { versionServiceOf } from '../version-services.ts';
import type { EngineContext } from './engine-context.ts';
import { queriesOf } from './queries-of.ts';

/** The plugin of Argo Rollouts that moves weights of routes of the Gateway API. */
const plugin = 'argoproj-labs/gatewayAPI';

/**
 * Returns the objects with the routes of services that Argo Rollouts rolls out. The routes lead to two Kubernetes
 * Services, and the engine adds the label of the pods to their selectors.
 */
export function withArgo(
  artifacts: readonly ObjectArtifact[],
  context: EngineContext,
): readonly ObjectArtifact[] {
  return engineServices(context.ir, 'argo-rollouts').reduce(
    (all, one) => withService(all, one, context),
    artifacts,
  );
}

function withService(
  artifacts: readonly ObjectArtifact[],
  one: EngineService,
  context: EngineContext,
): readonly ObjectArtifact[] {
  const { service, rollout } = one;
  const own = versionServiceOf(context.versions, service.id, rollout.from)?.name ?? '';
  const names = { stable: `${service.name}-stable`, canary: `${service.name}-canary` };
  const moved: Record<string, { readonly name: string }[]> = { HTTPRoute: [], GRPCRoute: [] };
  const changed = artifacts.flatMap((artifact): readonly ObjectArtifact[] => {
    if (artifact.namespace !== service.namespace) return [artifact];
    if (artifact.kind === 'Service' && artifact.name === own)
      return [names.stable, names.canary].map((name) => serviceOf(artifact, name, service.workload.labels));
    const routes = moved[artifact.kind];
    if (routes === undefined) return [artifact];
    const next = withBackends(artifact, own, names);
    if (next !== artifact) routes.push({ name: artifact.name });
    return [next];
  });
  return [
    ...changed,
    ...argoObjects(one, {
      routing: {
        canaryService: names.canary,
        stableService: names.stable,
        trafficRouting: {
          plugins: {
            [plugin]: {
              namespace: service.namespace,
              ...(moved['HTTPRoute']?.length && { httpRoutes: moved['HTTPRoute'] }),
              ...(moved['GRPCRoute']?.length && { grpcRoutes: moved['GRPCRoute'] }),
            },
          },
        },
      },
      queries: queriesOf(one, names.canary, context),
      prometheus: context.ir.prometheus ?? '',
    }),
  ];
}

/**
 * Returns the Kubernetes Service of a version, changed to that of a side of the rollout: the engine chooses the pods.
 */
function serviceOf(
  artifact: ObjectArtifact,
  name: string,
  selector: Readonly<Record<string, string>>,
): ObjectArtifact {
  const manifest = jsonRecord(artifact.manifest);
  const metadata = { ...jsonRecord(manifest['metadata']), name };
  return withSpec(
    { ...artifact, name, manifest: { ...manifest, metadata } },
    { ...specOf(artifact), selector },
  );
}

/**
 * Returns a route whose rules to a Service lead to both sides of the rollout; the same object if no rule leads to the
 * Service.
 */
function withBackends(
  artifact: ObjectArtifact,
  service: string,
  names: { readonly stable: string; readonly canary: string },
): ObjectArtifact {
  const spec = specOf(artifact) as HTTPRouteSpec & GRPCRouteSpec;
  const leads = (refs: readonly { readonly name: string }[] = []) =>
    refs.some(({ name }) => name === service);
  const rules: readonly { readonly backendRefs?: readonly { readonly name: string }[] }[] = spec.rules ?? [];
  if (!rules.some(({ backendRefs }) => leads(backendRefs))) return artifact;
  const both = rules.map((rule) =>
    leads(rule.backendRefs)
      ? {
          ...rule,
          backendRefs: rule.backendRefs?.flatMap((ref) =>
            ref.name === service
              ? [
                  { ...ref, name: names.stable, weight: 100 },
                  { ...ref, name: names.canary, weight: 0 },
                ]
              : [ref],
          ),
        }
      : rule,
  );
  return withSpec(artifact, { ...spec, rules: both });
}
