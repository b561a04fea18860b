import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import type { Gateway } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import { itemsOf, locationOf, type SpecPlace } from '../../ir/link/spec-place.ts';
import { closest } from '../../lib/closest.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2228: {
    severity: 'warning',
    text: 'no service has the Profile {name}: the settings of the Profile have no effect',
    explanation:
      'A Profile holds for services that name it in `profiles`, and for those that its `selector` fits. None does. Correct the name or the selector, or take the Profile out.',
  },
  MESH2229: {
    severity: 'warning',
    text: 'no Route leads on from the listener {listener} of {gateway}: everything that enters there is refused',
    explanation:
      'A listener passes on what a Route with its gateway and a fitting hostname says. Write a Route, or take the listener out.',
  },
  MESH2232: {
    severity: 'warning',
    text: 'nothing of this mesh is in the namespace {namespace}; did you mean "{nearest}"?',
    explanation:
      'A namespace of callers is a name that nothing checks: a wrong one lets nobody in. A namespace with nearly this name has services.',
  },
});

/** Reports Profiles, listeners and namespaces that nothing uses. */
export const unusedParts: Analyzer = {
  name: 'unused-parts',
  description:
    'Reports Profiles that hold for no service, listeners without Routes, and misspelt namespaces.',
  messages,
  analyze({ spec, ir }, report) {
    const services = Object.values(ir.services);
    const inForce = new Set(services.flatMap(({ profiles }) => profiles));
    for (const { name, location } of services.length === 0 ? [] : spec.profiles)
      if (!inForce.has(name)) report(finding(messages, 'MESH2228', location, { name }));
    for (const gateway of Object.values(ir.gateways)) checkListeners(gateway, report);
    checkNamespaces(spec, ir, report);
  },
};

function checkListeners({ id, type, listeners }: Gateway, report: Report): void {
  if (type === 'egress' || listeners.every(({ virtualHosts }) => virtualHosts.length === 0)) return;
  for (const { name, origin, virtualHosts, httpsRedirect } of listeners)
    if (virtualHosts.length === 0 && !httpsRedirect)
      report(finding(messages, 'MESH2229', pointAt(origin), { listener: name, gateway: id }));
}

/** Reports namespaces of callers that are near a namespace of the mesh and aren't one. */
function checkNamespaces(spec: Spec, { services, gateways }: Ir, report: Report): void {
  const namespaces = new Set(
    [...Object.values(services), ...Object.values(gateways)].map(({ namespace }) => namespace),
  );
  const known = new Map<string, string | undefined>();
  for (const [namespace, at] of writtenNamespaces(spec)) {
    if (!known.has(namespace))
      known.set(namespace, namespaces.has(namespace) ? undefined : closest(namespace, namespaces));
    const nearest = known.get(namespace);
    if (nearest !== undefined) report(finding(messages, 'MESH2232', locationOf(at), { namespace, nearest }));
  }
}

function* writtenNamespaces({ services, accesses }: Spec): Generator<readonly [string, SpecPlace]> {
  for (const { value } of services) yield* itemsOf(value.spec.exposeTo);
  const rules = accesses.flatMap(({ value }) => value.spec.rules ?? []);
  for (const principal of rules.flatMap(({ allow, deny }) => [
    ...(allow?.from ?? []),
    ...(deny?.from ?? []),
  ])) {
    if (typeof principal === 'string' || principal.namespace === undefined) continue;
    yield [principal.namespace, { container: principal, key: 'namespace' }];
  }
}
