import type { Ir } from '../../../ir/ir.ts';
import type { Principal } from '../../../ir/principal.ts';
import { mtlsOf, type Port, type Service } from '../../../ir/service.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { type PortAccess, portAccess } from './port-access.ts';

/** A port of pods that one Server guards; Linkerd allows only one Server for a port of a pod. */
export interface GuardedPort {
  readonly service: Service;
  readonly port: Port;
  /** Undefined if several ports of the spec are this port and differ; nobody gets in then. */
  readonly access: PortAccess | undefined;
  /** Every port of the spec that is this port, in order of services. */
  readonly ports: readonly { readonly service: Service; readonly port: Port }[];
}

/**
 * Returns the ports of pods, each once. Of Services that may share pods, the one that selects most pods stands for all.
 */
export function guardedPorts({ services, gateways }: Ir): readonly GuardedPort[] {
  const accounts = [...Object.values(services), ...Object.values(gateways)].map(
    ({ workload }) => workload.principal,
  );
  const all = Object.values(services).flatMap((service) => service.ports.map((port) => ({ service, port })));
  const places = Map.groupBy(all, ({ service, port }) => `${service.namespace} ${String(port.targetPort)}`);
  return [...places.values()].flatMap((ports) => {
    const near = nearby(ports);
    return ports.flatMap((own) => {
      const sharing = near(own).filter((other) => isAmong(other, own) || isAmong(own, other));
      const isCovered = sharing.some(
        (other) =>
          other !== own &&
          isAmong(other, own) &&
          (!isAmong(own, other) || ports.indexOf(other) < ports.indexOf(own)),
      );
      if (isCovered) return [];
      return [{ ...own, ports: sharing, access: commonAccess(sharing, accounts) }];
    });
  });
}

type Member = GuardedPort['ports'][number];

/**
 * Returns a function that finds the ports whose pods may be those of a given port: Services with a common label, or
 * without labels.
 */
function nearby(ports: readonly Member[]): (own: Member) => readonly Member[] {
  const byLabel = new Map<string, Member[]>();
  const unlabelled = ports.filter((port) => labelsOf(port).length === 0);
  for (const port of ports)
    for (const label of labelsOf(port)) {
      const known = byLabel.get(label);
      if (known === undefined) byLabel.set(label, [port]);
      else known.push(port);
    }
  return (own) => {
    const labels = labelsOf(own);
    if (labels.length === 0) return ports;
    const found = new Set([...labels.flatMap((label) => byLabel.get(label) ?? []), ...unlabelled]);
    return found.size === 1 ? [own] : ports.filter((port) => found.has(port));
  };
}

function labelsOf({ service }: Member): readonly string[] {
  return Object.entries(service.workload.labels).map(([key, value]) => `${key}=${value}`);
}

function commonAccess(ports: readonly Member[], accounts: readonly Principal[]): PortAccess | undefined {
  const made = ports.map(({ service, port }) => portAccess(service, port, accounts));
  const [first] = made;
  const said = new Set(
    ports.map(({ service, port }, index) =>
      canonicalJson([
        service.workload.labels,
        port.protocol,
        mtlsOf(service, port),
        JSON.stringify(made[index]?.permissions),
      ]),
    ),
  );
  return said.size === 1 ? first : undefined;
}

/** Returns true if the first selects every pod of the second. */
function isAmong(wide: Pick<Member, 'service'>, narrow: Pick<Member, 'service'>): boolean {
  const labels = narrow.service.workload.labels;
  return Object.entries(wide.service.workload.labels).every(([key, value]) => labels[key] === value);
}
