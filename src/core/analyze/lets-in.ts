import type { Access, AccessException, AccessRule } from '../ir/access.ts';
import { takesPrincipal } from '../semantics/principal.ts';

/** Returns true if the Access lets a call of this identity pass, perhaps only under conditions. */
export function letsIn({ closed, allow, deny }: Access, identity: string): boolean {
  const takes = ({ from }: Pick<AccessRule | AccessException, 'from'>): boolean =>
    from === undefined || from.some((match) => match.type !== 'address' && takesPrincipal(match, identity));
  const refusesAll = (rule: AccessRule): boolean =>
    takes(rule) && rule.to === undefined && rule.when === undefined && rule.except?.some(takes) !== true;
  if (deny.some(refusesAll)) return false;
  return !closed || allow.some(takes);
}
