import type { Ir } from '../../ir/ir.ts';
import type { Principal } from '../../ir/principal.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { objectName } from '../kubernetes-objects/object-name.ts';
import { type Accounts, knownAccounts } from './accounts.ts';
import type { TrafficTargetSpec as Smi05TrafficTarget } from './crds/smi-0-5.gen.ts';
import type { TrafficTargetSpec as Smi06TrafficTarget } from './crds/smi-0-6.gen.ts';
import type { SmiDialect } from './dialect.ts';
import { type GuardedPorts, guardedPorts } from './guarded-ports.ts';
import { routeGroupSpec } from './http-match.ts';
import { type SmiSpecs, smiObject } from './object.ts';
import type { Grants } from './port-grants.ts';

/** Returns the objects that let callers in. None of them is without sources, so nobody gets in by an empty list. */
export function trafficTargets(ir: Ir, dialect: SmiDialect): readonly ObjectArtifact[] {
  const accounts = knownAccounts(ir);
  return guardedPorts(ir, dialect).ports.flatMap((ports) => objectsOf(ports, accounts, dialect));
}

function objectsOf(
  guarded: GuardedPorts,
  accounts: Accounts,
  dialect: SmiDialect,
): readonly ObjectArtifact[] {
  const { account, services, http, numbers, grants } = guarded;
  const { release } = dialect;
  const [service] = services;
  const head = {
    namespace: account.namespace,
    from: `Service/${service?.id ?? ''}`,
    origins: services.flatMap(({ origin, access }) => [origin, ...access.allow.map((rule) => rule.origin)]),
  };
  const suffix =
    http && dialect.ports === 'TCPRoute' ? ['http'] : numbers.map((number) => `p${String(number)}`);
  const name = (...parts: readonly string[]): string =>
    objectName(account.serviceAccount.replaceAll('.', '-'), ...suffix, ...parts);
  const matches = new Map([...grants.values()].flatMap((own) => [...own]));
  const routes = [...matches].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, match]) => match);
  const shared = dialect.targetsBy === 'matches' ? byAccounts(grants) : byMatches(grants);
  const tcp = { kind: 'TCPRoute', name: name() } as const;
  return [
    ...(http
      ? [
          smiObject(release, {
            kind: 'HTTPRouteGroup',
            ...head,
            name: name(),
            spec: routeGroupSpec(routes, dialect),
          }),
        ]
      : []),
    ...(http && dialect.ports !== 'TCPRoute'
      ? []
      : [smiObject(release, { kind: 'TCPRoute', ...head, name: name(), spec: tcpSpec(numbers, dialect) })]),
    ...shared.map(({ ids, names }) => {
      const group = { kind: 'HTTPRouteGroup', name: name(), matches: names } as const;
      const rules = [
        ...(http ? [group] : []),
        ...(http && (dialect.ports !== 'TCPRoute' || !dialect.portsNarrow) ? [] : [tcp]),
      ];
      const sources = ids.flatMap((id) => {
        const source = accounts.get(id);
        return source === undefined ? [] : [subject(source)];
      });
      return smiObject(release, {
        kind: 'TrafficTarget',
        ...head,
        name: name(sha256(canonicalJson(dialect.targetsBy === 'matches' ? ids : names)).slice(0, 8)),
        spec: targetSpec({ destination: subject(account), rules, sources }, numbers, dialect),
      });
    }),
  ];
}

/** Accounts and matches, each of which every one of them may call. */
interface Shared {
  readonly ids: readonly string[];
  readonly names: readonly string[];
}

/** Returns the accounts that may call the same matches together: each account is in one entry. */
function byMatches(grants: Grants): readonly Shared[] {
  const groups = Map.groupBy(grants, ([, own]) => canonicalJson([...own.keys()].sort()));
  return [...groups.values()].map((granted) => ({
    ids: granted.map(([id]) => id),
    names: [...(granted[0]?.[1] ?? new Map<string, unknown>()).keys()].sort(),
  }));
}

/** Returns the matches that the same accounts may call together: each match is in one entry. */
function byAccounts(grants: Grants): readonly Shared[] {
  const idsOf = (name: string): readonly string[] =>
    [...grants].filter(([, own]) => own.has(name)).map(([id]) => id);
  const names = [...new Set([...grants.values()].flatMap((own) => [...own.keys()]))].sort();
  const groups = Map.groupBy(names, (name) => canonicalJson(idsOf(name)));
  return [...groups.values()].map((own) => ({ ids: idsOf(own[0] ?? ''), names: own }));
}

function tcpSpec(numbers: readonly number[], { ports }: SmiDialect): SmiSpecs['TCPRoute'] {
  return ports === 'TCPRoute' ? { matches: { ports: numbers } } : {};
}

/** Returns the `spec` of a TrafficTarget, with the port of its destination where releases of SMI have it there. */
function targetSpec(
  spec: Smi06TrafficTarget & { readonly rules: NonNullable<Smi05TrafficTarget['rules']> },
  [port = 0]: readonly number[],
  { ports }: SmiDialect,
): SmiSpecs['TrafficTarget'] {
  if (ports !== 'destination') return spec;
  const { destination, rules, sources } = spec;
  const older: Smi05TrafficTarget = { destination: { ...destination, port }, rules, sources };
  return older;
}

function subject({ namespace, serviceAccount }: Principal) {
  return { kind: 'ServiceAccount', name: serviceAccount, namespace } as const;
}
