import type { Ir } from '../../ir/ir.ts';
import { type Principal, spiffeId } from '../../ir/principal.ts';
import { mtlsOf, type Port, type Service } from '../../ir/service.ts';
import type { Limit } from '../target.ts';
import { type Accounts, knownAccounts } from './accounts.ts';
import type { SmiDialect } from './dialect.ts';
import type { HttpMatch } from './http-match.ts';
import { apart } from './overlapping-matches.ts';
import { type Grants, portGrants } from './port-grants.ts';

/** Ports of one account that SMI gives the same access. */
export interface GuardedPorts {
  /** The account of the pods. */
  readonly account: Principal;
  readonly services: readonly Service[];
  readonly http: boolean;
  /** Numbers of the ports of the pods, in order. */
  readonly numbers: readonly number[];
  readonly grants: Grants;
}

/** The access to all ports of a mesh, and the places where it is narrower than the spec. */
export interface Guarded {
  readonly ports: readonly GuardedPorts[];
  readonly limits: readonly Limit[];
}

interface Member {
  readonly service: Service;
  readonly port: Port;
  readonly grants: Grants;
}

/** Returns the access to all ports of a mesh, by the account of their pods: SMI names no Services in access. */
export function guardedPorts(ir: Ir, dialect: SmiDialect): Guarded {
  const accounts = knownAccounts(ir);
  const limits: Limit[] = [];
  const byAccount = Map.groupBy(Object.values(ir.services), ({ workload }) => spiffeId(workload.principal));
  const ports = [...byAccount.values()].flatMap((services) => {
    const members = services.flatMap((service) =>
      service.ports.map((port) => memberOf(service, port, accounts, dialect, limits)),
    );
    return groupsOf(members, dialect, limits);
  });
  return { ports: ports.filter(({ grants }) => grants.size > 0), limits };
}

const narrowedReasons = {
  'access.http':
    'SMI has no match for these conditions that takes no other request: it knows methods, patterns of paths and, in some meshes, values of headers',
  'access.identity': 'SMI names accounts, and only those that the spec names are written',
  'access.deny': 'SMI only allows, so that a caller whose requests are denied in part is left out',
  'access.except': 'SMI only allows, so that a caller with an exception is left out',
} as const;

function memberOf(
  service: Service,
  port: Port,
  accounts: Accounts,
  dialect: SmiDialect,
  limits: Limit[],
): Member {
  const { grants, narrowed } = portGrants(service, port, accounts, dialect);
  for (const { feature, origin } of narrowed)
    limits.push({
      feature,
      origin,
      reason:
        feature in narrowedReasons
          ? narrowedReasons[feature as keyof typeof narrowedReasons]
          : narrowedReasons['access.identity'],
      callers: feature === 'access.http' ? 'such calls are refused' : 'other callers are refused, too',
    });
  return { service, port, grants };
}

function groupsOf(
  members: readonly Member[],
  { ports, portsNarrow }: SmiDialect,
  limits: Limit[],
): readonly GuardedPorts[] {
  const groups = [
    ...Map.groupBy(members, ({ port }) => {
      if (ports === 'none') return 'all';
      return ports === 'TCPRoute' && port.http ? 'http' : String(port.targetPort);
    }).values(),
  ];
  const made = groups.map((group) => commonGrants(group, limits));
  const streams = made.filter(({ http }) => !http);
  return made.map((one) => {
    if (!one.http || ports !== 'TCPRoute' || portsNarrow) return one;
    const kept = [...one.grants].filter(([id]) => streams.every(({ grants }) => grants.has(id)));
    if (kept.length < one.grants.size)
      for (const { service, port } of members.filter((member) => member.port.http))
        limits.push(
          differing(
            service,
            port,
            'SMI opens every port of an account to a caller that may call an HTTP port',
          ),
        );
    return { ...one, grants: new Map(kept) };
  });
}

/** Returns the access that every port of a group grants. */
function commonGrants(group: readonly Member[], limits: Limit[]): GuardedPorts {
  const [first, ...others] = group as readonly [Member, ...Member[]];
  const isMixed = others.some(({ port }) => port.http !== first.port.http);
  const grants = isMixed
    ? new Map()
    : others.reduce((common, { grants: own }) => both(common, own), first.grants);
  for (const { service, port, grants: own } of group)
    if (sizeOf(own) !== sizeOf(grants))
      limits.push(
        differing(
          service,
          port,
          'SMI gives one access to several ports of an account, which differ here: it gives what all of them grant',
        ),
      );
  const { grants: made, reason } = apart(withoutNeedless(grants));
  if (reason !== undefined)
    for (const { service, port } of group) limits.push(differing(service, port, reason));
  return {
    account: first.service.workload.principal,
    services: [...new Set(group.map(({ service }) => service))],
    http: first.port.http && !isMixed,
    numbers: [...new Set(group.map(({ port }) => port.targetPort))].sort((a, b) => a - b),
    grants: made,
  };
}

function differing(service: Service, port: Port, reason: string): Limit {
  return {
    feature: service.access.closed ? 'access.identity' : `mtls.${mtlsOf(service, port)}`,
    reason,
    callers: 'some callers are refused',
    origin: port.origin,
  };
}

function sizeOf(grants: Grants): number {
  return [...grants.values()].reduce((sum, matches) => sum + matches.size, 0);
}

function both(one: Grants, other: Grants): Grants {
  const common = [...one].flatMap(([id, matches]) => {
    const others = other.get(id);
    if (others === undefined) return [];
    const kept = new Map<string, HttpMatch>([
      ...[...matches].filter(([name]) => others.has(name) || others.has('all')),
      ...[...others].filter(([name]) => matches.has(name) || matches.has('all')),
    ]);
    return kept.size === 0 ? [] : [[id, kept] as const];
  });
  return new Map(common);
}

/** Returns grants without the matches that only accounts have which may make every request. */
function withoutNeedless(grants: Grants): Grants {
  const needed = new Set([...grants.values()].flatMap((own) => (own.has('all') ? ['all'] : [...own.keys()])));
  return new Map(
    [...grants].map(([id, own]) => [id, new Map([...own].filter(([name]) => needed.has(name)))] as const),
  );
}
