import { defineMessages, finding } from '../../../diagnostics/message.ts';
import type { Location } from '../../../location.ts';
import type { SpecObject } from '../../../spec/spec.ts';
import type { RolloutDocument } from '../../../spec/types.gen.ts';
import type { Ir } from '../../ir.ts';
import type { Service } from '../../service.ts';
import type { ServiceId } from '../../service-id.ts';
import type { Linking } from '../linking.ts';
import { idOf, serviceId } from '../names.ts';
import { titleOf } from '../ports.ts';
import { itemsOf, keyLocationOf, locationOf, type SpecPlace } from '../spec-place.ts';
import { reportUnknownVersion } from '../versions.ts';

export const messages = defineMessages({
  MESH2371: {
    severity: 'error',
    text: '{service} is rolled out by Rollout {other} already',
    explanation:
      'The weights of a service belong to one Rollout at a time. Finish one, take it out of the spec, and then begin the other.',
  },
  MESH2372: {
    severity: 'error',
    text: '`service` and `order` stand in one Rollout',
    explanation: '`order` names all services of a Rollout, `service` the only one. Write one of the two.',
  },
  MESH2373: {
    severity: 'error',
    text: '{service} has no ports, so no request comes to it',
    explanation: 'A Rollout divides the requests to a service. A pure caller gets none.',
  },
  MESH2374: {
    severity: 'error',
    text: '{service} has no HTTP port, and the strategy {strategy} needs requests',
    explanation:
      'On tls and tcp ports no request can be seen, so none can be matched or copied. Use `canary` or `blue-green`, which divide connections.',
  },
  MESH2375: {
    severity: 'error',
    text: '{service} declares endpoints, and none in its version {version}',
    explanation:
      'Requests for a version without instances get 503. Declare its endpoints before the Rollout moves requests there.',
  },
});

/** The services that Rollouts have taken, each with the Rollout and its place. */
export type RolledOut = Map<ServiceId, { readonly id: string; readonly location: Location }>;

/** Returns the services of a Rollout that exist, each once, in their order. */
export function rolledOutServices(
  linking: Linking,
  ir: Ir,
  document: SpecObject<RolloutDocument>,
  taken: RolledOut,
): readonly Service[] {
  const { spec } = document.value;
  if (spec.service !== undefined && spec.order !== undefined)
    linking.report(finding(messages, 'MESH2372', keyLocationOf({ container: spec, key: 'order' }), {}));
  const written: readonly (readonly [string, SpecPlace])[] =
    spec.order === undefined
      ? [[spec.service ?? '', { container: spec, key: 'service' }]]
      : itemsOf(spec.order);
  return written.flatMap(([name, at]) => {
    const reference = { name, namespace: document.namespace, ...at };
    const id = serviceId(linking.names, reference, 'a Rollout', linking.report);
    const service = id === undefined ? undefined : ir.services[id];
    if (service === undefined || isTaken(linking, document, service.id, at, taken)) return [];
    checkService(linking, document, service, at);
    return [service];
  });
}

function isTaken(
  linking: Linking,
  document: SpecObject<RolloutDocument>,
  service: ServiceId,
  at: SpecPlace,
  taken: RolledOut,
): boolean {
  const earlier = taken.get(service);
  if (earlier === undefined) {
    taken.set(service, { id: idOf(document), location: locationOf(at) });
    return false;
  }
  const related = [{ location: earlier.location, message: 'there' }];
  const values = { service, other: earlier.id };
  linking.report(finding(messages, 'MESH2371', locationOf(at), values, { related }));
  return true;
}

function checkService(
  linking: Linking,
  { value: { spec } }: SpecObject<RolloutDocument>,
  { id, ports, versions }: Service,
  at: SpecPlace,
): void {
  const { strategy = 'canary' } = spec;
  if (ports.length === 0) linking.report(finding(messages, 'MESH2373', locationOf(at), { service: id }));
  else if ((strategy === 'ab' || strategy === 'shadow') && !ports.some(({ http }) => http))
    linking.report(finding(messages, 'MESH2374', locationOf(at), { service: id, strategy }));
  for (const key of ['from', 'to'] as const) {
    const version = versions.find(({ name }) => name === spec[key]);
    const place = { container: spec, key };
    if (version === undefined) {
      const known = versions.map(({ name }) => name);
      reportUnknownVersion(linking, titleOf('Service', id), known, spec[key], place);
    } else if (version.instances?.length === 0) {
      const values = { service: id, version: version.name };
      linking.report(finding(messages, 'MESH2375', locationOf(place), values));
    }
  }
}
