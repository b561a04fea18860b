import type { AccessRule } from '../../../ir/access.ts';
import type { Gateway } from '../../../ir/gateway.ts';

/** Returns true if a gateway takes every request: App Mesh has no place for the Access of a virtual gateway. */
export function isOpen({ access }: Pick<Gateway, 'access'>): boolean {
  return access.deny.length === 0 && (!access.closed || access.allow.some(takesAll));
}

function takesAll({ from, to, when, except }: AccessRule): boolean {
  const anyone = from?.some(({ type }) => type === 'anyone') ?? true;
  return anyone && to === undefined && when === undefined && except === undefined;
}
