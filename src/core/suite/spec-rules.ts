import type { Access } from '../ir/access.ts';
import type { Authentication } from '../ir/authentication.ts';
import type { Ir } from '../ir/ir.ts';
import type { Route } from '../ir/route.ts';
import type { Origin } from '../location.ts';

/** A rule of the spec that decides about requests. */
export interface SpecRule extends Origin {
  /** The rule in words: `route reviews: rule testers`. */
  readonly what: string;
  /** Rules that let callers in are named among the lines of a refusal, too. */
  readonly isAllow: boolean;
}

/**
 * Returns the rules that decide about requests, each line once and in order: rules of Routes with their `cors`, rules of
 * Access, Authentications that check tokens, and listeners that redirect to https.
 */
export function specRules(ir: Ir): readonly SpecRule[] {
  const rules = new Map<string, SpecRule>();
  const add = ({ file, line, column }: Origin, what: string, isAllow = false): void => {
    const key = originKey({ file, line, column });
    if (!rules.has(key)) rules.set(key, { file, line, column, what, isAllow });
  };
  for (const service of Object.values(ir.services)) {
    for (const { route } of service.ports) addRoute(route, add);
    addAccess(service.access, service.id, add);
    addTokens(service.authentication, service.id, add);
  }
  for (const external of Object.values(ir.externals))
    for (const { route } of external.ports) addRoute(route, add);
  for (const gateway of Object.values(ir.gateways)) {
    addAccess(gateway.access, gateway.id, add);
    addTokens(gateway.authentication, gateway.id, add);
    for (const listener of gateway.listeners) {
      if (listener.httpsRedirect) add(listener.origin, `listener ${listener.name}: httpsRedirect`);
      for (const { route } of listener.virtualHosts) addRoute(route, add);
    }
  }
  return [...rules.values()].sort(compare);
}

type Add = (origin: Origin, what: string, isAllow?: boolean) => void;

function addRoute(route: Route, add: Add): void {
  if (route.implicit) return;
  for (const [index, rule] of route.rules.entries()) {
    const name = `route ${route.name}: rule ${rule.name ?? String(index + 1)}`;
    add(rule.origin, name);
    if (rule.cors !== undefined) add(rule.cors.origin, `${name}: cors`);
  }
}

function addAccess({ allow, deny }: Access, owner: string, add: Add): void {
  for (const rule of allow) add(rule.origin, `access of ${owner}: allow`, true);
  for (const rule of deny) add(rule.origin, `access of ${owner}: deny`);
}

function addTokens(authentication: Authentication | undefined, owner: string, add: Add): void {
  if (authentication !== undefined && authentication.issuers.length > 0)
    add(authentication.origin, `authentication of ${owner}: a bad token is refused`);
}

/** Returns a place as a key. */
export function originKey({ file, line, column }: Origin): string {
  return `${file}:${String(line)}:${String(column)}`;
}

function compare(a: SpecRule, b: SpecRule): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;
}
