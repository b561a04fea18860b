import { covers } from '../../gateway-api-objects/arrange.ts';
import { type Callers, isWithin } from './callers.ts';
import type { Permission } from './port-access.ts';

/** The permissions with equal callers and an equal level. */
export interface Group {
  readonly callers: Callers;
  readonly level: number;
  readonly permissions: readonly Permission[];
}

/**
 * Returns permissions in groups, the highest level first. A permission that refuses callers of a wider permission has a
 * higher level: it has to exist before the wider one is created, and until the wider one is removed.
 */
export function grouped(permissions: readonly Permission[]): readonly Group[] {
  const levels = new Map<Permission, number>();
  const levelOf = (own: Permission): number => {
    const known = levels.get(own);
    if (known !== undefined) return known;
    const wider = permissions.filter(
      (other) => other !== own && covers(other.cell, own.cell) && !isWithin(other.callers, own.callers),
    );
    const level = wider.reduce((most, other) => Math.max(most, 1 + levelOf(other)), 0);
    levels.set(own, level);
    return level;
  };
  const groups = Map.groupBy(permissions, (own) => `${String(levelOf(own))} ${JSON.stringify(own.callers)}`);
  return [...groups.values()]
    .flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [{ callers: first.callers, level: levelOf(first), permissions: [first, ...others] }],
    )
    .sort((one, other) => other.level - one.level);
}
