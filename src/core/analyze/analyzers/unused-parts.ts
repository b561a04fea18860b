import { defineMessages, finding } from '../../diagnostics/message.ts';
import { itemsOf, locationOf } from '../../ir/link/spec-place.ts';
import { closest } from '../../lib/closest.ts';
import { pointAt } from '../../source/point-at.ts';
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
  analyze({ spec, ir }, report) {
    const services = Object.values(ir.services);
    const inForce = new Set(services.flatMap(({ profiles }) => profiles));
    for (const { name, location } of services.length === 0 ? [] : spec.profiles)
      if (!inForce.has(name)) report(finding(messages, 'MESH2228', location, { name }));
    for (const { id, type, listeners } of Object.values(ir.gateways)) {
      if (type === 'egress' || listeners.every(({ virtualHosts }) => virtualHosts.length === 0)) continue;
      for (const { name, origin, virtualHosts, httpsRedirect } of listeners)
        if (virtualHosts.length === 0 && !httpsRedirect)
          report(finding(messages, 'MESH2229', pointAt(origin), { listener: name, gateway: id }));
    }
    const namespaces = new Set(
      [...services, ...Object.values(ir.gateways)].map(({ namespace }) => namespace),
    );
    const check = (namespace: string, location: () => Parameters<typeof finding>[2]): void => {
      const nearest = namespaces.has(namespace) ? undefined : closest(namespace, namespaces);
      if (nearest !== undefined) report(finding(messages, 'MESH2232', location(), { namespace, nearest }));
    };
    for (const { value } of spec.services)
      for (const [namespace, at] of itemsOf(value.spec.exposeTo)) check(namespace, () => locationOf(at));
    for (const { value } of spec.accesses) {
      for (const { allow, deny } of value.spec.rules ?? []) {
        for (const principal of [...(allow?.from ?? []), ...(deny?.from ?? [])]) {
          const { namespace } = typeof principal === 'string' ? {} : principal;
          if (namespace !== undefined)
            check(namespace, () => locationOf({ container: principal as object, key: 'namespace' }));
        }
      }
    }
  },
};
