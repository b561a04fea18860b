import type { Access, AccessRule } from '../ir/access.ts';
import type { Ir } from '../ir/ir.ts';
import type { Route } from '../ir/route.ts';
import type { Service } from '../ir/service.ts';
import type { ServiceId } from '../ir/service-id.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { own } from '../lib/own.ts';
import { takesPrincipal } from '../semantics/principal.ts';
import { backendsOf, mirrorsOf } from './closure.ts';
import { sameMeaning } from './same-meaning.ts';
import { trustedDomainsDiffer } from './trusted-domains.ts';

/** Returns true for a caller, by its SPIFFE ID, for whom a change may make a difference. */
export type Touches = (identity: string | undefined) => boolean;

/**
 * Returns the callers for whom requests to a service may be decided differently. If rules of Access alone change, these
 * are the callers that a changed rule names: for all others both meshes have the same rules.
 */
export function touchedCallers(before: Ir, after: Ir, id: ServiceId): Touches {
  if (trustedDomainsDiffer(before, after)) return () => true;
  const routes = [before, after].flatMap((ir) => own(ir.services, id)?.ports.map(({ route }) => route) ?? []);
  const changed: AccessRule[] = [];
  for (const one of new Set([id, ...routes.flatMap(destinationsOf)])) {
    const rules = changedRules(before, after, one);
    if (rules === undefined) return () => true;
    changed.push(...rules);
  }
  // With mTLS disabled the server sees a caller without identity.
  return (identity) => changed.some((rule) => names(rule, identity) || names(rule, undefined));
}

function destinationsOf(route: Route): readonly ServiceId[] {
  return [...backendsOf(route), ...mirrorsOf(route)];
}

/** Returns the rules that only one of the meshes has; undefined if anything else of a service changes. */
function changedRules(before: Ir, after: Ir, id: ServiceId): readonly AccessRule[] | undefined {
  const [was, is] = [own(before.services, id), own(after.services, id)];
  if (was === undefined || is === undefined) return sameExternal(before, after, id) ? [] : undefined;
  if (sameMeaning(was, is)) return [];
  if (was.access.closed !== is.access.closed || !sameMeaning(withoutAccess(was), withoutAccess(is)))
    return undefined;
  return [...onlyIn(was.access, is.access), ...onlyIn(is.access, was.access)];
}

function sameExternal(before: Ir, after: Ir, id: ServiceId): boolean {
  const [was, is] = [own(before.externals, id), own(after.externals, id)];
  if (was === undefined || is === undefined || !sameMeaning(was, is)) return false;
  return (
    was.gateway === undefined ||
    sameMeaning(own(before.gateways, was.gateway), own(after.gateways, was.gateway))
  );
}

function withoutAccess({ access: _, ...rest }: Service): object {
  return rest;
}

function onlyIn(one: Access, other: Access): readonly AccessRule[] {
  return (['allow', 'deny'] as const).flatMap((effect) => {
    const known = new Set(other[effect].map(textOf));
    return one[effect].filter((rule) => !known.has(textOf(rule)));
  });
}

const places: ReadonlySet<string> = new Set(['origin']);

function textOf(rule: AccessRule): string {
  return canonicalJson(rule, places);
}

function names({ from }: AccessRule, identity: string | undefined): boolean {
  return (
    from === undefined || from.some((match) => match.type === 'address' || takesPrincipal(match, identity))
  );
}
