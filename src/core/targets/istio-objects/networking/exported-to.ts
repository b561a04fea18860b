import type { External } from '../../../ir/external.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { ServiceEntrySpec } from '../crds/istio.gen.ts';
import { callersOf, type Mode } from './callers.ts';

/**
 * Returns the namespaces that know an External, so that other callers get 404: those of its callers, of its gateway,
 * and of the rules that lead to it. In ambient all namespaces know it, and its waypoint refuses callers. Returns no
 * field if all namespaces know it.
 */
export function exportedTo(
  ir: Ir,
  { id, namespace, from, gateway }: External,
  mode: Mode,
): Pick<ServiceEntrySpec, 'exportTo'> {
  // If egress is allowed, a proxy forwards calls to unknown hosts: it must know the host to refuse the call.
  if (ir.egress === 'allow') return {};
  const callers = callersOf(ir, from, 'sidecar').map((caller) => caller.sourceNamespace);
  const namespaces = callers.filter((name) => typeof name === 'string');
  if (namespaces.length < callers.length) return {};
  const through = gateway === undefined ? [] : [ir.gateways[gateway]?.namespace ?? ''];
  const waypoint = mode === 'ambient' ? [namespace] : [];
  const all = [...new Set([...namespaces, ...through, ...waypoint, ...(referrers(ir).get(id) ?? [])])].sort();
  return { exportTo: all.length === 0 ? [namespace] : all };
}

/** Returns the namespaces of the rules that lead to each service or External with another name. */
function referrers(ir: Ir): ReadonlyMap<string, ReadonlySet<string>> {
  let found = known.get(ir);
  if (found !== undefined) return found;
  found = new Map();
  const owners = [...Object.values(ir.services), ...Object.values(ir.externals)].map((owner) => ({
    id: owner.id,
    namespace: owner.namespace,
    routes: owner.ports.map(({ route }) => route),
  }));
  const doors = Object.values(ir.gateways).map(({ namespace, listeners }) => ({
    id: '',
    namespace,
    routes: listeners.flatMap(({ virtualHosts }) => virtualHosts.map(({ route }) => route)),
  }));
  for (const { id, namespace, routes } of [...owners, ...doors]) {
    const forwards = routes
      .flatMap(({ rules }) => rules)
      .flatMap(({ action }) => (action.type === 'forward' ? [...action.backends, ...action.mirrors] : []));
    for (const { service } of forwards)
      if (service !== id) found.set(service, (found.get(service) ?? new Set()).add(namespace));
  }
  known.set(ir, found);
  return found;
}

const known = new WeakMap<Ir, Map<string, Set<string>>>();
