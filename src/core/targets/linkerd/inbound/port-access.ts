import type { AccessException, AccessRule } from '../../../ir/access.ts';
import type { Feature } from '../../../ir/feature.ts';
import type { Node } from '../../../ir/node.ts';
import { type Principal, spiffeId } from '../../../ir/principal.ts';
import { mtlsOf, type Port, type Service } from '../../../ir/service.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { type Callers, joined, seenBy, without } from './callers.ts';
import { type Cell, type Cells, cellsOf, type Verdict } from './cells.ts';
import { operationAt, type PortOperation } from './operation.ts';

/** A set of requests and the callers who may make them. */
export interface Permission {
  readonly cell: Cell;
  readonly callers: Callers;
}

/** A rule of which Linkerd lets fewer calls through than the spec. */
export interface NarrowRule extends Node {
  readonly feature: Feature;
}

/** The access to one port of a service, never wider than the spec's. */
export interface PortAccess {
  readonly permissions: readonly Permission[];
  readonly narrow: readonly NarrowRule[];
}

/** A condition on requests at a port. */
interface Side extends Node {
  /** The callers of the condition; an empty list for nobody. */
  readonly from: Callers;
  readonly to: readonly PortOperation[] | undefined;
  /** True if a token decides, which Linkerd can't read. */
  readonly token: boolean;
}

interface Rule extends Side {
  readonly except: readonly Side[];
}

/** Returns the access to a port. A call passes if an allow certainly matches it and no deny may match it. */
export function portAccess(service: Service, port: Port, accounts: readonly Principal[]): PortAccess {
  const { access, authentication, origin } = service;
  const side = sideReader(service, port);
  const everybody: AccessRule = { origin };
  // The rule needs a token, and nobody issues one.
  const isShut = port.http && authentication?.required === true && authentication.issuers.length === 0;
  const allow = isShut ? [] : (access.closed ? access.allow : [everybody]).flatMap(side);
  const deny = access.deny.flatMap(side);
  const cells = cellsOf(
    [...allow, ...deny]
      .flatMap((rule) => [rule, ...rule.except])
      .flatMap(({ to = [] }) => to.flatMap(({ alternatives, unsaid }) => [...alternatives, ...unsaid])),
  );
  const narrow = new Map<string, NarrowRule>();
  const note = (feature: Feature, { origin: at }: Node): void => {
    narrow.set(`${feature} ${at.file} ${String(at.line)} ${String(at.column)}`, { feature, origin: at });
  };
  const known = seenBy(
    mtlsOf(service, port),
    accounts.map((account) => ({ type: 'spiffe', id: spiffeId(account) })),
  );
  const permissions = cells.all.map((cell) => ({
    cell,
    callers: callersOf({ cell, cells, known }, allow, deny, note),
  }));
  return { permissions, narrow: [...narrow.values()] };
}

type Note = (feature: Feature, node: Node) => void;

/** The requests of a port, and the accounts of the mesh. */
interface Place {
  readonly cell: Cell;
  readonly cells: Cells;
  readonly known: Callers;
}

function callersOf(
  { cell, cells, known }: Place,
  allow: readonly Rule[],
  deny: readonly Rule[],
  note: Note,
): Callers {
  const allowed = joined(
    allow.flatMap((rule) => {
      const taken = verdictOf(rule, cell, cells);
      if (taken !== 'none' && rule.token) note('access.jwt', rule);
      else if (taken === 'maybe') note('access.http', rule);
      if (taken !== 'all' || rule.token) return [];
      return rule.except.reduce((callers, exception) => {
        const excepted = verdictOf(exception, cell, cells);
        if (excepted === 'none') return callers;
        const left = without(callers, exception.from, [], known);
        if (isLess(left.callers, callers) && (excepted === 'maybe' || !left.isExact))
          note('access.except', exception);
        return left.callers;
      }, rule.from);
    }),
  );
  return deny.reduce((callers, rule) => {
    const taken = verdictOf(rule, cell, cells);
    if (taken === 'none') return callers;
    const spared = rule.except.flatMap((exception) => {
      const excepted = verdictOf(exception, cell, cells);
      if (excepted === 'maybe') note('access.except', exception);
      return excepted === 'all' ? exception.from : [];
    });
    const left = without(callers, rule.from, joined(spared), known);
    if (isLess(left.callers, callers) && (taken === 'maybe' || rule.token || !left.isExact))
      note('access.deny', rule);
    return left.callers;
  }, allowed);
}

function isLess(left: Callers, callers: Callers): boolean {
  return canonicalJson(left) !== canonicalJson(callers);
}

function verdictOf({ to }: Side, cell: Cell, cells: Cells): Verdict {
  if (to === undefined) return 'all';
  let best: Verdict = 'none';
  for (const { alternatives, unsaid } of to) {
    if (alternatives.some((match) => cells.verdict(match, cell) === 'all')) return 'all';
    if ([...alternatives, ...unsaid].some((match) => cells.verdict(match, cell) !== 'none')) best = 'maybe';
  }
  return best;
}

function sideReader(service: Service, port: Port): (rule: AccessRule) => readonly Rule[] {
  const mode = mtlsOf(service, port);
  const hasTokens = port.http && (service.authentication?.issuers ?? []).length > 0;
  const sideOf = ({ origin, from, to }: AccessException): Side => ({
    origin,
    from: seenBy(mode, from),
    to: to?.map((operation) => operationAt(port, operation)),
    token: false,
  });
  return (rule) => {
    // Without an issuer there are no tokens, so a rule about tokens matches nothing.
    if (rule.when !== undefined && !hasTokens) return [];
    return [
      {
        ...sideOf(rule),
        token: rule.when !== undefined,
        except: (rule.except ?? []).map(sideOf),
      },
    ];
  };
}
