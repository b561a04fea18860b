import type { Access, AccessRule } from '../ir/access.ts';
import type { Gateway } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import type { Service } from '../ir/service.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { own } from '../lib/own.ts';
import { record } from '../lib/record.ts';
import { sameSettings } from '../reach/same-meaning.ts';
import { accessBetween } from './access-between.ts';
import { mixtures } from './mixtures.ts';
import { modesOf } from './modes-between.ts';

/**
 * The place of Access in the order in which objects of a mesh are written: before routes, after them, what only loosens
 * before and the rest after, or rules of both meshes around them.
 */
export type AccessOrder = 'rules first' | 'rules last' | 'looser rules first' | 'rules of both';

/** Returns the meshes that proxies have on the way, while the objects of the next mesh are written in this order. */
export function objectsBetween(old: Ir, next: Ir, order: AccessOrder): readonly Ir[] {
  switch (order) {
    case 'rules first': {
      const guarded = guardedAs(old, next);
      return [...mixtures(old, guarded), guarded];
    }
    case 'rules last': {
      const routed = guardedAs(next, old);
      return [routed, ...mixtures(routed, next)];
    }
    case 'rules of both': {
      const { before, after } = accessBetween(old, next);
      return [before, after];
    }
    case 'looser rules first': {
      const loosened = looserParts(old, next);
      const checked = checkedAs(loosened, next);
      const routed = guardedAs(next, loosened);
      return [
        ...mixtures(old, loosened),
        loosened,
        ...(sameSettings(loosened, checked) ? [] : [checked]),
        routed,
        ...mixtures(routed, next),
      ];
    }
  }
}

type Guards = Pick<Ir, 'services' | 'gateways'>;

/** Returns a mesh with the Access and the mTLS of another one, where that has the service or gateway. */
function guardedAs(ir: Ir, guards: Guards): Ir {
  return withGuards(
    ir,
    (service) => {
      const other = own(guards.services, service.id);
      return other === undefined ? service : { ...service, access: other.access, ...modesOf(service, other) };
    },
    (gateway) => ({ ...gateway, access: own(guards.gateways, gateway.id)?.access ?? gateway.access }),
  );
}

/** Returns the old mesh with those allow rules, deny rules and modes of mTLS of the next one that let more callers in. */
function looserParts(old: Ir, next: Ir): Ir {
  return withGuards(
    old,
    (service) => {
      const will = own(next.services, service.id);
      if (will === undefined) return service;
      const modes = isStrict(will) ? {} : modesOf(service, will);
      return { ...service, ...modes, access: looserAccess(service.access, will.access) };
    },
    (gateway) => {
      const will = own(next.gateways, gateway.id);
      return will === undefined ? gateway : { ...gateway, access: looserAccess(gateway.access, will.access) };
    },
  );
}

function looserAccess(was: Access, will: Access): Access {
  const isLooser = was.closed && (!will.closed || has(will.allow, was.allow));
  const { closed, allow } = isLooser ? will : was;
  return { closed, allow, deny: has(was.deny, will.deny) ? will.deny : was.deny };
}

function isStrict({ mtls, ports }: Service): boolean {
  return mtls === 'strict' || ports.some((port) => port.mtls === 'strict');
}

/** Returns true if all rules of `some` are among these. */
function has(rules: readonly AccessRule[], some: readonly AccessRule[]): boolean {
  const known = new Set(rules.map(wordsOf));
  return some.every((rule) => known.has(wordsOf(rule)));
}

/** Returns a mesh with the checks of tokens of the next one. */
function checkedAs(ir: Ir, next: Ir): Ir {
  const checking = <T extends Service | Gateway>(owner: T, will: T | undefined): T => {
    if (will === undefined) return owner;
    const { authentication: _, ...rest } = owner;
    const { authentication } = will;
    return { ...rest, ...(authentication && { authentication }) } as T;
  };
  return withGuards(
    ir,
    (service) => checking(service, own(next.services, service.id)),
    (gateway) => checking(gateway, own(next.gateways, gateway.id)),
  );
}

function withGuards(
  ir: Ir,
  ofService: (service: Service) => Service,
  ofGateway: (gateway: Gateway) => Gateway,
): Ir {
  const mapped = <T>(all: Readonly<Record<string, T>>, change: (one: T) => T): Readonly<Record<string, T>> =>
    record(Object.entries(all).map(([id, one]) => [id, change(one)] as const));
  return {
    ...ir,
    services: mapped(ir.services, ofService),
    gateways: mapped(ir.gateways, ofGateway),
  };
}

const places: ReadonlySet<string> = new Set(['origin']);

function wordsOf(part: unknown): string {
  return canonicalJson(part, places);
}
