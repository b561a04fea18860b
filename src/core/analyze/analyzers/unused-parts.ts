import { defineMessages, finding } from '../../diagnostics/message.ts';
import { itemsOf, locationOf } from '../../ir/link/spec-place.ts';
import { closest } from '../../lib/closest.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2228: {
    severity: 'warning',
    text: 'no service has the Profile {name}: its settings hold nowhere',
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
  analyze(mesh, report) {
    reportProfiles(mesh, report);
    reportListeners(mesh, report);
    reportNamespaces(mesh, report);
  },
};

type Analyze = Analyzer['analyze'];

const reportProfiles: Analyze = ({ spec, ir }, report) => {
  const services = Object.values(ir.services);
  if (services.length === 0) return;
  const inForce = new Set(services.flatMap(({ profiles }) => profiles));
  for (const { name, location } of spec.profiles)
    if (!inForce.has(name)) report(finding(messages, 'MESH2228', location, { name }));
};

const reportListeners: Analyze = ({ ir }, report) => {
  for (const { id, type, listeners } of Object.values(ir.gateways)) {
    if (type === 'egress' || listeners.every(({ virtualHosts }) => virtualHosts.length === 0)) continue;
    for (const { name, origin, virtualHosts, httpsRedirect } of listeners)
      if (virtualHosts.length === 0 && !httpsRedirect)
        report(finding(messages, 'MESH2229', pointAt(origin), { listener: name, gateway: id }));
  }
};

const reportNamespaces: Analyze = ({ spec, ir }, report) => {
  const owners = [...Object.values(ir.services), ...Object.values(ir.gateways)];
  const namespaces = new Set(owners.map(({ namespace }) => namespace));
  for (const { namespace, at } of namedNamespaces(spec)) {
    const nearest = namespaces.has(namespace) ? undefined : closest(namespace, namespaces);
    if (nearest !== undefined) report(finding(messages, 'MESH2232', locationOf(at), { namespace, nearest }));
  }
};

interface NamedNamespace {
  readonly namespace: string;
  readonly at: Parameters<typeof locationOf>[0];
}

/** Returns the namespaces that `exposeTo` and callers of Access name. */
function namedNamespaces({ services, accesses }: Spec): readonly NamedNamespace[] {
  const exposed = services.flatMap(({ value }) =>
    itemsOf(value.spec.exposeTo).map(([namespace, at]) => ({ namespace, at })),
  );
  const callers = accesses.flatMap(({ value }) =>
    (value.spec.rules ?? []).flatMap(({ allow, deny }) => [...(allow?.from ?? []), ...(deny?.from ?? [])]),
  );
  return [
    ...exposed,
    ...callers.flatMap((principal) =>
      typeof principal === 'string' || principal.namespace === undefined
        ? []
        : [{ namespace: principal.namespace, at: { container: principal, key: 'namespace' } }],
    ),
  ];
}
