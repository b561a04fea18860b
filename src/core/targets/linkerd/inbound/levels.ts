import { covers } from '../../gateway-api-objects/arrange.ts';
import { type Callers, isWithin } from './callers.ts';
import type { Permission } from './port-access.ts';

/** The permissions of the same callers and level. */
export interface Group {
  readonly callers: Callers;
  readonly level: number;
  readonly permissions: readonly Permission[];
}

/**
 * Returns permissions in groups, those of the highest level first. A permission that refuses callers of a wider one is of
 * a higher level: it has to be there before the wider one comes, and until that one is gone.
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
