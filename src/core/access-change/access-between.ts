import type { Access, AccessRule } from '../ir/access.ts';
import type { Ir } from '../ir/ir.ts';
import type { Service } from '../ir/service.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { record } from '../lib/record.ts';
import { accessUnder } from './access-under.ts';
import { modesBetween, modesOf, sameModes } from './modes-between.ts';

/**
 * The meshes between two revisions: one with the old routes and one with the new routes. The access of each is safe
 * while proxies have either mesh.
 */
export interface Between {
  /** The mesh with the old routes. */
  readonly before: Ir;
  /** The mesh with the new routes. */
  readonly after: Ir;
  /** `before` with the old mTLS; present if access has to change before mTLS. */
  readonly first?: Ir;
  /** `after` with the new mTLS; present if mTLS has to change before access is that of the new mesh alone. */
  readonly last?: Ir;
  /** True if access, authentication, mTLS or a health check of any service or gateway differs. */
  readonly changed: boolean;
  /** True if the change concerns connections, which keep the rules under which they were opened. */
  readonly connections: boolean;
}

/**
 * Returns the meshes between two revisions. In `before` and `after`, calls that both revisions allow pass, and calls
 * that neither allows don't. Allow rules and deny rules are those of both revisions; a service is open if one revision
 * leaves it open. mTLS changes by way of permissive, with the rules of each revision rewritten to keep their meaning.
 * Proxies take up mTLS and rules one after the other, and connections keep the mTLS with which they were opened. If
 * rules have another meaning under the other revision's mode, mTLS and rules change one after the other (`first`,
 * `last`).
 */
export function accessBetween(old: Ir, next: Ir): Between {
  const services = pairs(old.services, next.services).filter(
    ([o, n]) => !sameModes(o, n) || !sameAccess(o, n) || !sameCheck(o, n),
  );
  const gateways = pairs(old.gateways, next.gateways).filter(([o, n]) => !sameAccess(o, n));
  const middle = services.map(([o, n]) => serviceBetween(o, n));
  const moded = services.map(([o, n], i) => ({
    o,
    n,
    ...(middle[i] as Sides<Pick<Service, 'access' | 'mtls' | 'ports'>>),
  }));
  const isFirst = moded.some(({ o, before }) => !sameModes(o, before) && !sameAccess(o, before));
  const isLast = moded.some(({ n, after }) => !sameModes(n, after) && !sameAccess(n, after));
  const middleGateways = gateways.map(([o, n]) => guardedBetween(o, n, o.access, n.access));
  const before: Ir = {
    ...old,
    services: replaced(
      old.services,
      services.map(([o], i) => ({ ...o, ...middle[i]?.before })),
    ),
    gateways: replaced(
      old.gateways,
      gateways.map(([o], i) => ({ ...o, access: middleGateways[i]?.before ?? o.access })),
    ),
  };
  const after: Ir = {
    ...next,
    services: replaced(
      next.services,
      services.map(([, n], i) => ({ ...n, ...middle[i]?.after })),
    ),
    gateways: replaced(
      next.gateways,
      gateways.map(([, n], i) => ({ ...n, access: middleGateways[i]?.after ?? n.access })),
    ),
  };
  return {
    before,
    after,
    ...(isFirst && { first: withModes(before, old) }),
    ...(isLast && { last: withModes(after, next) }),
    changed: services.length + gateways.length > 0,
    connections:
      services.some(([, n]) => n.ports.some((port) => !port.http)) ||
      gateways.some(([, n]) => n.listeners.some(({ protocol }) => protocol === 'tls' || protocol === 'tcp')),
  };
}

/** Returns a mesh with the mTLS of another mesh. */
function withModes(ir: Ir, { services }: Ir): Ir {
  const moded = Object.values(ir.services).map((service) => ({
    ...service,
    ...modesOf(service, services[service.id] ?? service),
  }));
  return { ...ir, services: replaced(ir.services, moded) };
}

interface Guarded {
  readonly access: Access;
  readonly authentication?: unknown;
}

const places: ReadonlySet<string> = new Set(['origin']);

function sameAccess(old: Guarded, next: Guarded): boolean {
  return (
    old.access.closed === next.access.closed &&
    sameRules(old.access.allow, next.access.allow) &&
    sameRules(old.access.deny, next.access.deny)
  );
}

function sameRules(old: readonly AccessRule[], next: readonly AccessRule[]): boolean {
  const known = new Set(old.map(ruleKey));
  const wanted = new Set(next.map(ruleKey));
  return known.size === wanted.size && [...known].every((key) => wanted.has(key));
}

function ruleKey(rule: AccessRule): string {
  return canonicalJson(rule, places);
}

interface Sides<T> {
  readonly before: T;
  readonly after: T;
}

function serviceBetween(
  old: Service,
  next: Service,
): Sides<Pick<Service, 'access' | 'mtls' | 'ports' | 'otherChecks'>> {
  const [first, second] = [modesBetween(old, next), modesBetween(next, old)];
  const [was, will] = [accessUnder(old, first), accessUnder(next, second)];
  const { before, after } = guardedBetween(old, next, was, will);
  return {
    before: { access: before, ...first, ...answering(old, next) },
    after: { access: after, ...second, ...answering(next, old) },
  };
}

function sameCheck({ healthCheck: one }: Service, { healthCheck: other }: Service): boolean {
  return canonicalJson(one, places) === canonicalJson(other, places);
}

/**
 * Returns the checks of the other revision that proxies answer, too: a caller with the new revision sends the new check
 * at once.
 */
function answering(own: Service, { healthCheck }: Service): Pick<Service, 'otherChecks'> {
  return healthCheck === undefined || sameCheck(own, { ...own, healthCheck })
    ? {}
    : { otherChecks: [healthCheck] };
}

function guardedBetween(old: Guarded, next: Guarded, was: Access, will: Access): Sides<Access> {
  // A rule about tokens depends on the check of tokens of its own mesh: under another check it could allow or refuse
  // calls that neither mesh allows or refuses. If the check of tokens changes, too, each mesh keeps its own rules, and
  // takes only deny rules without tokens from the other.
  if (canonicalJson(old.authentication, places) !== canonicalJson(next.authentication, places)) {
    const plain = (rules: readonly AccessRule[]): readonly AccessRule[] =>
      rules.filter(({ when }) => when === undefined);
    return {
      before: { ...was, deny: union(was.deny, plain(will.deny)) },
      after: { ...will, deny: union(will.deny, plain(was.deny)) },
    };
  }
  const deny = union(was.deny, will.deny);
  const closed = was.closed && will.closed;
  const middle: Access = { closed, allow: closed ? union(was.allow, will.allow) : [], deny };
  return { before: middle, after: middle };
}

function union(first: readonly AccessRule[], second: readonly AccessRule[]): readonly AccessRule[] {
  const byKey = new Map<string, AccessRule>();
  for (const rule of [...first, ...second]) {
    const key = ruleKey(rule);
    if (!byKey.has(key)) byKey.set(key, rule);
  }
  return [...byKey.values()];
}

function pairs<T>(
  old: Readonly<Record<string, T>>,
  next: Readonly<Record<string, T>>,
): readonly (readonly [T, T])[] {
  return Object.keys(next)
    .sort()
    .flatMap((id) => {
      const [before, after] = [Object.hasOwn(old, id) ? old[id] : undefined, next[id]];
      return before === undefined || after === undefined ? [] : [[before, after] as const];
    });
}

function replaced<T extends { readonly id: string }>(
  all: Readonly<Record<string, T>>,
  some: readonly T[],
): Readonly<Record<string, T>> {
  return record([...Object.entries(all), ...some.map((one) => [one.id, one] as const)]);
}
