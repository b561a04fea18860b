import type { Ir } from '../../../ir/ir.ts';
import type { Artifact, ObjectArtifact } from '../../artifact.ts';
import { type EngineService, engineServices } from '../../rollout-engines/engine-services.ts';
import type { CanarySpec } from '../../rollout-engines/engines.gen.ts';
import { flaggerObjects } from '../../rollout-engines/flagger-objects.ts';
import { specOf } from '../../rollout-engines/object-spec.ts';
import { primaryCopies } from '../../rollout-engines/primary-pods.ts';
import type { HttpRoute, TrafficPolicy } from '../crds/parts.ts';
import { queriesOf } from './counters.ts';

/**
 * Returns the objects for services that Flagger rolls out. Flagger itself writes their routes and their settings of
 * calls from its Canary, so these are left out. Policies get copies for the pods that Flagger makes.
 */
export function withFlagger(artifacts: readonly Artifact[], ir: Ir): readonly Artifact[] {
  return engineServices(ir, 'flagger').reduce((all, one) => withService(all, one, ir), artifacts);
}

function withService(artifacts: readonly Artifact[], one: EngineService, ir: Ir): readonly Artifact[] {
  const { name, namespace } = one.service;
  const objects = artifacts.filter((artifact) => artifact.type === 'object');
  const own = (kind: string) =>
    objects.find(
      (artifact) => artifact.kind === kind && artifact.name === name && artifact.namespace === namespace,
    );
  const [route, rule] = [own('VirtualService'), own('DestinationRule')];
  const candidate = { label: 'destination_service_name', op: '=', value: `${name}-canary` } as const;
  return [
    ...artifacts.filter((artifact) => artifact !== route && artifact !== rule),
    ...primaryCopies(objects, one.service),
    ...flaggerObjects(one, {
      provider: 'istio',
      service: { ...routeParts(route), ...policyParts(rule) },
      queries: queriesOf(one, [candidate]),
      prometheus: ir.prometheus ?? '',
    }),
  ];
}

type Route = CanarySpec['service'];

/** Returns the fields of the only rule of a VirtualService that Flagger's route has, too. */
function routeParts(object: ObjectArtifact | undefined): Partial<Route> {
  const [route] = object === undefined ? [] : ((specOf(object)['http'] ?? []) as readonly HttpRoute[]);
  if (route === undefined) return {};
  const { timeout, retries, headers } = route;
  return {
    ...(timeout !== undefined && { timeout }),
    ...(retries && {
      retries: {
        attempts: retries.attempts ?? 0,
        ...(retries.perTryTimeout !== undefined && { perTryTimeout: retries.perTryTimeout }),
        ...(retries.retryOn !== undefined && { retryOn: retries.retryOn }),
      },
    }),
    ...(headers && { headers: headers }),
  };
}

/** Returns the settings of calls that Flagger's rules have, too; `engineLimits` names the others. */
function policyParts(object: ObjectArtifact | undefined): Partial<Route> {
  if (object === undefined) return {};
  const { connectionPool, loadBalancer, tls } = specOf(object)['trafficPolicy'] as TrafficPolicy;
  const { http1MaxPendingRequests, http2MaxRequests, idleTimeout, h2UpgradePolicy } =
    connectionPool?.http ?? {};
  return {
    trafficPolicy: {
      connectionPool: {
        http: {
          ...(http1MaxPendingRequests !== undefined && { http1MaxPendingRequests }),
          ...(http2MaxRequests !== undefined && { http2MaxRequests }),
          ...(idleTimeout !== undefined && { idleTimeout }),
          ...(h2UpgradePolicy !== undefined && { h2UpgradePolicy }),
        },
      },
      loadBalancer: { simple: simpleOf(loadBalancer?.simple), localityLbSetting: { enabled: false } },
      ...(tls?.mode !== undefined && { tls: { mode: tls.mode } }),
    },
  };
}

type Simple = NonNullable<TrafficPolicy['loadBalancer']>['simple'];

/** Returns Flagger's word for an algorithm. `engineLimits` names the loss of hashes, for which Flagger has no word. */
function simpleOf(simple: Simple): 'LEAST_REQUEST' | 'RANDOM' | 'ROUND_ROBIN' {
  return simple === 'RANDOM' || simple === 'ROUND_ROBIN' ? simple : 'LEAST_REQUEST';
}
