import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { Callers } from './callers.ts';
import type { Permission } from './port-access.ts';

/** The permissions of the same callers. */
export interface Group {
  readonly callers: Callers;
  readonly permissions: readonly Permission[];
}

/** Returns permissions in groups of the same callers, in order of the first of each. */
export function groupedByCallers(permissions: readonly Permission[]): readonly Group[] {
  const groups = Map.groupBy(permissions, ({ callers }) => canonicalJson(callers));
  return [...groups.values()].map((own) => ({ callers: own[0]?.callers ?? [], permissions: own }));
}
