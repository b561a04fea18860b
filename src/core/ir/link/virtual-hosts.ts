import { originOf } from '../../location.ts';
import type { Listener, VirtualHost } from '../gateway.ts';
import { bySpecificity, intersection, sharedHostnames } from './hostnames.ts';
import type { Linking } from './linking.ts';
import { idOf } from './names.ts';
import { type AttachedRoute, reportConflicts } from './route-conflicts.ts';

/** A listener without its virtual hosts: the input of linking Routes. */
export type BareListener = Omit<Listener, 'virtualHosts'>;

/**
 * Returns the rules of each hostname of a listener, the most specific hostname first. A hostname has the rules of those
 * Routes whose own hostname, not restricted by the listener, is the most specific; their order is by priority, highest
 * first.
 */
export function virtualHostsOf(
  linking: Linking,
  gateway: string,
  listener: BareListener,
  routes: readonly AttachedRoute[],
): readonly VirtualHost[] {
  const byHostname = new Map<string, AttachedRoute[]>();
  for (const attached of routes) {
    for (const hostname of hostnamesAt(listener, attached)) {
      const list = byHostname.get(hostname);
      if (list === undefined) byHostname.set(hostname, [attached]);
      else list.push(attached);
    }
  }
  return [...byHostname.keys()].sort(bySpecificity).flatMap((hostname) => {
    const [first, ...others] = mostSpecific(byHostname.get(hostname) ?? [], hostname).sort(byRank);
    if (first === undefined) return [];
    reportConflicts([first, ...others], hostname, `Gateway ${gateway}`, linking.report);
    return virtualHost(hostname, first, others);
  });
}

/** Returns the Routes at a restricted hostname that name the most specific hostname; only these get its requests. */
function mostSpecific(routes: readonly AttachedRoute[], cut: string): AttachedRoute[] {
  const ranked = routes.map((attached) => ({ attached, written: writtenFor(attached, cut) }));
  const [best] = ranked.map(({ written }) => written).sort(bySpecificity);
  return ranked.flatMap(({ attached, written }) => (written === best ? [attached] : []));
}

/** Returns the most specific hostname in a Route that covers all names of a restricted one. */
function writtenFor({ route }: AttachedRoute, cut: string): string {
  const taking = (route.value.spec.hostnames ?? ['*']).filter((one) => intersection(one, cut) === cut);
  return taking.sort(bySpecificity)[0] ?? '*';
}

/** Returns the hostnames at which a Route holds at a listener; a tcp listener sees no hostname. */
export function hostnamesAt(
  listener: BareListener,
  { route }: Pick<AttachedRoute, 'route'>,
): readonly string[] {
  const { hostnames } = route.value.spec;
  if (listener.protocol === 'tcp') return hostnames === undefined ? ['*'] : [];
  return sharedHostnames(listener.hostnames, hostnames);
}

function virtualHost(hostname: string, first: AttachedRoute, others: readonly AttachedRoute[]): VirtualHost {
  const origin = originOf(first.route.location);
  const all = [first, ...others];
  return {
    origin,
    hostname,
    route: {
      origin,
      implicit: false,
      name: all.map(({ route }) => route.name).join('+'),
      rules: all.flatMap(({ rules }) => rules),
    },
  };
}

function byRank(one: AttachedRoute, other: AttachedRoute): number {
  if (one.priority !== other.priority) return other.priority - one.priority;
  return idOf(one.route) < idOf(other.route) ? -1 : 1;
}
