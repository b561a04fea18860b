import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { hasLabels, type KnownService, serviceId } from '../../../import/inventory.ts';
import { type KnownGateway, rootNamespace, type Surroundings } from './surroundings.ts';

/** The services and gateways that an object with a selector holds for. */
export interface Scope {
  /** Ids of services. */
  readonly services: readonly string[];
  readonly gateways: readonly KnownGateway[];
  /** The namespaces that it holds for as a whole; empty for an object with a selector. */
  readonly namespaces: readonly string[];
  /** Ids of those services that have further pods, which the object doesn't select. */
  readonly partly: readonly string[];
  /** Ids of those services whose rules only a waypoint enforces, and no waypoint of the input takes their calls. */
  readonly withoutWaypoint?: readonly string[];
}

/**
 * Reads `selector` and `targetRefs`: an object without both holds for its namespace, in the root namespace for all. Marks a
 * selector that fits no pods of the input, with the effect that this has on access.
 */
export function readScope(
  spec: Field,
  namespace: string,
  surroundings: Surroundings,
  effect: 'wider' | undefined,
): Scope {
  const { inventory } = surroundings.context;
  const selector = spec.along('selector', 'matchLabels').labels() ?? {};
  const refs = [spec.at('targetRef'), ...spec.at('targetRefs').items()].filter(({ isPresent }) => isPresent);
  if (refs.length > 0) return ofReferences(spec, refs, namespace, surroundings, effect);
  const isRoot = namespace === rootNamespace;
  if (spec.at('selector').isPresent) spec.at('selector').entries();
  if (Object.keys(selector).length === 0) {
    const known = [...inventory.services.map(serviceId), ...surroundings.context.guessed()];
    const namespaces = isRoot ? [...new Set(known.map(namespaceOfId))].sort() : [namespace];
    const services = known.filter((id) => namespaces.includes(namespaceOfId(id)));
    const gateways = surroundings.gateways.filter((one) => isRoot || one.namespace === namespace);
    return { services, gateways, namespaces, partly: [] };
  }
  const holdsIn = isRoot ? [...new Set(inventory.services.map((one) => one.namespace))].sort() : [namespace];
  const services = holdsIn.flatMap((one) => inventory.servicesWithPods(one, selector));
  const gateways = surroundings.gateways.filter(
    ({ labels }) => Object.keys(labels).length > 0 && hasLabels(labels, selector),
  );
  const partly = services.filter((one) => !isWhole(one, selector)).map(serviceId);
  if (services.length + gateways.length > 0)
    return { services: services.map(serviceId), gateways, namespaces: [], partly };
  const guessed = guessedService(spec, selector, namespace, surroundings);
  if (guessed === undefined)
    spec.lost({
      callers: 'no Service and no Gateway of the input has these pods, so it holds for nothing in the spec',
      ...(effect === undefined ? {} : { access: effect }),
    });
  return { services: guessed === undefined ? [] : [guessed], gateways: [], namespaces: [], partly: [] };
}

function namespaceOfId(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

/** Returns true if all pods of a service that the input has fit a selector. */
export function isWhole(
  { selector, workloads }: KnownService,
  labels: Readonly<Record<string, string>>,
): boolean {
  return hasLabels(selector, labels) || workloads.every((workload) => hasLabels(workload.labels, labels));
}

/** The label `app` usually is the name of the service. */
function guessedService(
  spec: Field,
  labels: Readonly<Record<string, string>>,
  namespace: string,
  { context }: Surroundings,
): string | undefined {
  const name = labels['app'] ?? labels['app.kubernetes.io/name'];
  if (name === undefined || !isDnsLabel(name) || !isDnsLabel(namespace)) return undefined;
  const id = `${namespace}/${name}`;
  if (namespace === rootNamespace || context.inventory.service(id) !== undefined) return undefined;
  context.guess(id, { protocol: 'http' }, spec.at('selector'));
  return id;
}

function ofReferences(
  spec: Field,
  refs: readonly Field[],
  namespace: string,
  surroundings: Surroundings,
  effect: 'wider' | undefined,
): Scope {
  const services: string[] = [];
  const gateways: KnownGateway[] = [];
  const { waypoints } = surroundings;
  let unknown = 0;
  for (const ref of refs) {
    const kind = ref.at('kind').text();
    const name = ref.at('name').text() ?? '';
    ref.at('group').text();
    ref.at('namespace').text();
    const service =
      kind === 'Service' ? surroundings.context.inventory.service(`${namespace}/${name}`) : undefined;
    const gateway = kind === 'Gateway' ? surroundings.gateway(name, namespace) : undefined;
    const waypoint = kind === 'Gateway' ? waypoints.find(namespace, name) : undefined;
    if (service !== undefined) services.push(serviceId(service));
    else if (waypoint !== undefined) services.push(...waypoints.servicesOf(waypoint));
    else if (gateway !== undefined) gateways.push(gateway);
    else unknown += 1;
  }
  if (unknown > 0)
    spec.lost({
      callers: 'a target is not among the input, so the rules do not hold for it in the spec',
      ...(effect === undefined ? {} : { access: effect }),
    });
  const withoutWaypoint = services.filter((id) => !waypoints.has(id));
  return { services: [...new Set(services)], gateways, namespaces: [], partly: [], withoutWaypoint };
}
