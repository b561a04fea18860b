import type { Ir } from '../ir/ir.ts';
import type { Route } from '../ir/route.ts';
import type { ServiceId } from '../ir/service-id.ts';
import { own } from '../lib/own.ts';
import { sameMeaning } from './same-meaning.ts';
import { trustedDomainsDiffer } from './trusted-domains.ts';

/** The destinations whose requests may be decided differently by two meshes. */
export interface ChangedParts {
  readonly services: readonly ServiceId[];
  readonly externals: readonly ServiceId[];
  readonly gateways: readonly ServiceId[];
  /** True if calls to hosts that the mesh doesn't name change. */
  readonly egress: boolean;
}

/** Returns the destinations that differ, or whose routes lead to others that differ. */
export function changedParts(before: Ir, after: Ir): ChangedParts {
  const egress = before.egress !== after.egress || before.unknownHostTimeout !== after.unknownHostTimeout;
  if (trustedDomainsDiffer(before, after))
    return {
      services: ids(before.services, after.services),
      externals: ids(before.externals, after.externals),
      gateways: ids(before.gateways, after.gateways),
      egress: true,
    };
  const differing = <T>(one: Readonly<Record<string, T>>, other: Readonly<Record<string, T>>): ServiceId[] =>
    ids(one, other).filter((id) => !sameMeaning(own(one, id), own(other, id)));
  const services = differing(before.services, after.services);
  const gateways = differing(before.gateways, after.gateways);
  const changedGateways = new Set(gateways);
  const externals = ids(before.externals, after.externals).filter((id) => {
    const versions = [own(before.externals, id), own(after.externals, id)];
    return (
      !sameMeaning(versions[0], versions[1]) ||
      versions.some((one) => one?.gateway !== undefined && changedGateways.has(one.gateway))
    );
  });
  const changed = new Set([...services, ...externals]);
  if (changed.size === 0) return { services, externals, gateways, egress };
  const leadsThere = (routes: readonly Route[]): boolean => routes.some((route) => leadsTo(route, changed));
  const meshes = [before, after];
  return {
    services: ids(before.services, after.services).filter(
      (id) =>
        changed.has(id) ||
        meshes.some((ir) => leadsThere(own(ir.services, id)?.ports.map(({ route }) => route) ?? [])),
    ),
    externals: ids(before.externals, after.externals).filter(
      (id) =>
        changed.has(id) ||
        meshes.some((ir) => leadsThere(own(ir.externals, id)?.ports.map(({ route }) => route) ?? [])),
    ),
    gateways: ids(before.gateways, after.gateways).filter(
      (id) => changedGateways.has(id) || meshes.some((ir) => leadsThere(gatewayRoutes(ir, id))),
    ),
    egress,
  };
}

function ids(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): ServiceId[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
}

function gatewayRoutes(ir: Ir, id: ServiceId): readonly Route[] {
  return (
    own(ir.gateways, id)?.listeners.flatMap(({ virtualHosts }) => virtualHosts.map(({ route }) => route)) ??
    []
  );
}

function leadsTo(route: Route, changed: ReadonlySet<ServiceId>): boolean {
  return route.rules.some(
    ({ action }) =>
      action.type === 'forward' &&
      (action.backends.some(({ service }) => changed.has(service)) ||
        action.mirrors.some(({ service }) => changed.has(service))),
  );
}
