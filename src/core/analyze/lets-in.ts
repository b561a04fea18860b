import type { Access, AccessRule } from '../ir/access.ts';
import { takesPrincipal } from '../semantics/principal.ts';

/** Returns true if the Access lets a call of this identity pass, perhaps only under conditions. */
export function letsIn({ closed, allow, deny }: Access, identity: string): boolean {
  const takes = ({ from }: AccessRule): boolean =>
    from === undefined || from.some((match) => match.type !== 'address' && takesPrincipal(match, identity));
  if (deny.some((rule) => takes(rule) && rule.to === undefined && rule.when === undefined)) return false;
  return !closed || allow.some(takes);
}
