import type { Field } from '../../../../import/field.ts';
import { hasLabels, serviceId } from '../../../../import/inventory.ts';
import { type KnownGateway, rootNamespace, type Surroundings } from '../surroundings.ts';
import { isWhole } from '../workload-scope.ts';
import { fieldsOf, listOf } from './message.ts';

/** The proxies that an EnvoyFilter is for. */
export type ProxyScope =
  /** All proxies of the mesh, or of a namespace. */
  | { readonly type: 'all'; readonly services: readonly string[] }
  | { readonly type: 'namespace'; readonly services: readonly string[] }
  /** Proxies of pods with labels. `partly` are ids of services that have other pods, too. */
  | {
      readonly type: 'pods';
      readonly services: readonly string[];
      readonly gateways: readonly KnownGateway[];
      readonly partly: readonly string[];
    }
  /** One waypoint of a namespace, or `all`. */
  | { readonly type: 'waypoint'; readonly name: string };

/** Reads the proxies that an EnvoyFilter is for; undefined if it names them in a form that the reader doesn't know. */
export function readProxyScope(
  spec: Field,
  namespace: string,
  { context: { inventory }, gateways }: Surroundings,
): ProxyScope | undefined {
  const isRoot = namespace === rootNamespace;
  if (spec.at('targetRefs').isPresent)
    return spec.at('workloadSelector').isPresent
      ? undefined
      : waypointScope(spec.at('targetRefs').value, isRoot);
  const selector = spec.at('workloadSelector');
  if (selector.isPresent && fieldsOf(selector.value, ['labels']) === undefined) return undefined;
  const labels = selector.at('labels').textMap() ?? {};
  spec.at('priority').withoutEffect('it orders this object among others');
  if (Object.keys(labels).length === 0) {
    const services = inventory.services.filter((one) => isRoot || one.namespace === namespace).map(serviceId);
    return { type: isRoot ? 'all' : 'namespace', services };
  }
  const homes = isRoot ? [...new Set(inventory.services.map((one) => one.namespace))].sort() : [namespace];
  const services = homes.flatMap((one) => inventory.servicesWithPods(one, labels));
  return {
    type: 'pods',
    services: services.map(serviceId),
    gateways: gateways.filter(
      (one) =>
        (isRoot || one.namespace === namespace) &&
        Object.keys(one.labels).length > 0 &&
        hasLabels(one.labels, labels),
    ),
    partly: services.filter((one) => !isWhole(one, labels)).map(serviceId),
  };
}

function waypointScope(refs: unknown, isRoot: boolean): ProxyScope | undefined {
  const [ref, ...others] = listOf(refs) ?? [];
  const named = fieldsOf(ref, ['group', 'kind', 'name']);
  if (named?.['group'] !== 'gateway.networking.k8s.io' || others.length > 0) return undefined;
  if (named['kind'] === 'GatewayClass' && named['name'] === 'istio-waypoint' && isRoot)
    return { type: 'waypoint', name: 'all' };
  const { kind, name } = named;
  return kind === 'Gateway' && typeof name === 'string' ? { type: 'waypoint', name } : undefined;
}
