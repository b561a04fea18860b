import type { AccessException, AccessRule } from '../../../ir/access.ts';
import type { Feature } from '../../../ir/feature.ts';
import type { Node } from '../../../ir/node.ts';
import { mtlsOf, type Port, type Service } from '../../../ir/service.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { type Callers, difference, intersection, isNobody, keyOf, nobody, union } from './callers.ts';
import {
  bothOperations,
  everything,
  isEverything,
  type Operation,
  seenOperations,
  withoutOperation,
} from './operation.ts';
import { pathPatterns } from './path-pattern.ts';
import { type CallersContext, seenCallers } from './seen-callers.ts';
import { visibleTo } from './visible-to.ts';

/** Callers and the requests that they may make. */
export interface Permission {
  readonly callers: Callers;
  readonly operations: readonly Operation[];
}

/** A rule that lets fewer calls through on Cilium than in the spec. */
export interface NarrowRule extends Node {
  readonly feature: Feature;
}

/** The access to one port of a service, never wider than the spec's. */
export interface PortAccess {
  /** Permissions of disjoint callers: no caller has two of them. */
  readonly permissions: readonly Permission[];
  /** Callers whose calls are all refused, whatever permission they have. */
  readonly refused: Callers;
  readonly narrow: readonly NarrowRule[];
}

/** A caller's requests while rules are read. */
interface Block {
  readonly callers: Callers;
  readonly operation: Operation;
}

/** The most blocks of a port: beyond this number a deny removes each block that contains some of its requests. */
const most = 512;

/** The access to a port while its rules are read. */
interface Reading {
  readonly service: Service;
  readonly port: Port;
  readonly ir: CallersContext;
  readonly note: (feature: Feature, node: Node) => void;
}

/** Returns the access to a port. */
export function portAccess(service: Service, port: Port, ir: CallersContext): PortAccess {
  const { access, authentication, origin } = service;
  const narrow = new Map<string, NarrowRule>();
  const reading: Reading = {
    service,
    port,
    ir,
    note: (feature, { origin: at }) => {
      narrow.set(`${feature} ${at.file} ${String(at.line)} ${String(at.column)}`, { feature, origin: at });
    },
  };
  // The rule needs a token, and nobody issues one.
  const isShut = port.http && authentication?.required === true && authentication.issuers.length === 0;
  const rules: readonly AccessRule[] = isShut ? [] : access.closed ? access.allow : [{ origin }];
  const allowed = rules.flatMap((rule) => allowedBy(rule, reading));
  const left = access.deny.reduce<readonly Block[]>(
    (blocks, rule) => withoutDenied(blocks, rule, reading),
    allowed,
  );
  const visible = visibleTo(service, ir);
  const shown = left.map(({ callers, operation }) => ({
    callers: intersection(callers, visible),
    operation,
  }));
  return {
    permissions: permissionsOf(shown.filter((block) => isSayable(block, reading))),
    refused: refusedBy(access.deny, reading),
    narrow: [...narrow.values()],
  };
}

function modeOf({ service, port }: Reading) {
  return mtlsOf(service, port);
}

function allowedBy(rule: AccessRule, reading: Reading): readonly Block[] {
  const { port, ir, service, note } = reading;
  // A rule about tokens lets nobody in: Cilium reads none.
  if (rule.when !== undefined) return [];
  const { callers, isExact } = seenCallers(rule.from, modeOf(reading), ir, 'down');
  if (!isExact) note(service.access.closed ? 'access.identity' : `mtls.${modeOf(reading)}`, rule);
  const seen = seenOperations(rule.to, port, 'down');
  if (!seen.isExact) note('access.http', rule);
  const blocks = seen.operations.map((operation) => ({ callers, operation }));
  return (rule.except ?? []).reduce<readonly Block[]>(
    (all, exception) => withoutSide(all, exception, reading, (node) => note('access.except', node)).blocks,
    blocks,
  );
}

/** Blocks without the requests of a side, and those requests themselves. */
interface Divided {
  readonly blocks: readonly Block[];
  readonly taken: readonly Block[];
}

function withoutSide(
  blocks: readonly Block[],
  side: AccessException,
  reading: Reading,
  lost: (node: Node) => void,
): Divided {
  const { callers, isExact } = seenCallers(side.from, modeOf(reading), reading.ir, 'up');
  const seen = seenOperations(side.to, reading.port, 'up');
  const kept: Block[] = [];
  const taken: Block[] = [];
  for (const block of blocks) {
    const both = intersection(block.callers, callers);
    if (isNobody(both) || seen.operations.length === 0) {
      kept.push(block);
      continue;
    }
    if (!isExact || !seen.isExact) lost(side);
    const apart = difference(block.callers, callers);
    if (!isNobody(apart)) kept.push({ ...block, callers: apart });
    taken.push({ ...block, callers: both });
    let rest: readonly Operation[] = [block.operation];
    for (const operation of seen.operations) {
      const left = rest.map((one) => withoutOperation(one, operation));
      if (left.some((one) => !one.isExact)) lost(side);
      rest = left.flatMap(({ operations }) => operations);
    }
    if (kept.length + rest.length > most) lost(side);
    else kept.push(...rest.map((operation) => ({ callers: both, operation })));
  }
  return { blocks: kept, taken };
}

/** Returns blocks without the requests that a deny takes, except those of its exceptions. */
function withoutDenied(blocks: readonly Block[], rule: AccessRule, reading: Reading): readonly Block[] {
  const { note, port, ir } = reading;
  // Without an issuer there are no tokens, so a rule about tokens matches nothing; a token itself is never seen.
  const hasTokens = port.http && (reading.service.authentication?.issuers ?? []).length > 0;
  if (rule.when !== undefined && !hasTokens) return blocks;
  const { blocks: kept, taken } = withoutSide(blocks, rule, reading, (node) => note('access.deny', node));
  if (rule.when !== undefined && taken.length > 0) note('access.deny', rule);
  const spared = (rule.except ?? []).flatMap((exception) => {
    const { callers, isExact } = seenCallers(exception.from, modeOf(reading), ir, 'down');
    const seen = seenOperations(exception.to, port, 'down');
    return taken.flatMap((block): readonly Block[] => {
      const both = intersection(block.callers, callers);
      const made = seen.operations.map((operation) => bothOperations(block.operation, operation));
      if (!isExact || !seen.isExact || made.some((one) => !one.isExact)) note('access.except', exception);
      if (isNobody(both)) return [];
      return made.flatMap(({ operations }) => operations.map((operation) => ({ callers: both, operation })));
    });
  });
  return [...kept, ...spared];
}

/** Returns true if patterns take the requests of a block; notes the rule whose condition is lost if none do. */
function isSayable({ operation: { paths } }: Block, { note, service }: Reading): boolean {
  const patterns = pathPatterns(paths);
  if (patterns !== 'unsayable') return patterns.length > 0;
  const isLess = paths.but.length > 0;
  const asked = isLess ? paths.but : [paths.of];
  const about = ({ to = [] }: AccessException): boolean =>
    to.some((operation) => operation.paths?.some((path) => asked.includes(path)) === true);
  const exception = isLess ? exceptionsOf(service).find(about) : undefined;
  const lost = (isLess ? service.access.deny : service.access.allow).find(about);
  note(
    isLess ? (lost === undefined ? 'access.except' : 'access.deny') : 'access.http',
    lost ?? exception ?? service,
  );
  return false;
}

function exceptionsOf({ access }: Service): readonly AccessException[] {
  return [...access.allow, ...access.deny].flatMap(({ except = [] }) => except);
}

/** Returns permissions of which no two have a caller in common. */
function permissionsOf(blocks: readonly Block[]): readonly Permission[] {
  let cells: { readonly callers: Callers; readonly operations: readonly Operation[] }[] = [];
  for (const { callers, operation } of blocks) {
    let rest = callers;
    const next: typeof cells = [];
    for (const cell of cells) {
      const both = intersection(cell.callers, rest);
      if (isNobody(both)) {
        next.push(cell);
        continue;
      }
      rest = difference(rest, cell.callers);
      const apart = difference(cell.callers, callers);
      if (!isNobody(apart)) next.push({ ...cell, callers: apart });
      next.push({ callers: both, operations: [...cell.operations, operation] });
    }
    if (!isNobody(rest)) next.push({ callers: rest, operations: [operation] });
    cells = next;
  }
  const joined = new Map<string, Permission>();
  for (const { callers, operations } of cells) {
    const own = operations.some(isEverything) ? [everything] : distinct(operations);
    const key = canonicalJson(own);
    joined.set(key, { callers: union(joined.get(key)?.callers ?? nobody, callers), operations: own });
  }
  return [...joined.values()].sort((one, other) => (keyOf(one.callers) < keyOf(other.callers) ? -1 : 1));
}

function distinct(operations: readonly Operation[]): readonly Operation[] {
  const byText = new Map(operations.map((operation) => [canonicalJson(operation), operation]));
  return [...byText].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, operation]) => operation);
}

/** Returns the callers of denies without conditions on requests: Cilium's denies have no such conditions. */
function refusedBy(deny: readonly AccessRule[], reading: Reading): Callers {
  const { port, ir } = reading;
  return deny.reduce((all, { from, to, when, except = [] }) => {
    const isWhole = to === undefined || seenOperations(to, port, 'down').operations.some(isEverything);
    const { callers, isExact } = seenCallers(from, modeOf(reading), ir, 'down');
    if (!isWhole || when !== undefined || !isExact) return all;
    const spared = except.reduce(
      (some, exception) => union(some, seenCallers(exception.from, modeOf(reading), ir, 'up').callers),
      nobody,
    );
    return union(all, difference(callers, spared));
  }, nobody);
}
