import type { FieldConflict } from '../../../ports/cluster.ts';
import type { Origin } from '../../location.ts';
import type { PlannedObject } from './plan-objects.ts';
import { claimOf } from './taken-fields.ts';

/** Returns why an object can't be written, with the ways out; undefined if it can. `origins`: its places in the spec. */
export function whyNot(
  { op, ref, conflicts = [], problem }: PlannedObject,
  origins: readonly Origin[] = [],
): string | undefined {
  if (conflicts.length > 0) return conflictText(ref, conflicts, origins[0]);
  if (problem === undefined) return undefined;
  return op === 'conflict' && problem.startsWith('it is there')
    ? `${problem}; --adopt ${ref} takes it over`
    : problem;
}

/** Says whose the fields are, and the ways out: take them, share the value, or have it put back. */
function conflictText(ref: string, conflicts: readonly FieldConflict[], origin: Origin | undefined): string {
  const fields = [...new Set(conflicts.map(({ field }) => field))];
  const managers = [...new Set(conflicts.map(({ manager }) => JSON.stringify(manager)))].join(' and ');
  const whose = conflicts.map(({ manager, field }) => `${field} is ${JSON.stringify(manager)}'s`).join(', ');
  const line = origin === undefined ? 'the spec' : `${origin.file}:${origin.line}`;
  const flags = fields.map((field) => `--take-ownership ${claimOf(ref, field)}`).join(' ');
  return `${whose}, and ${line} wants another value: ${flags} overwrites it; or write the value that is there into ${line}; or let ${managers} put back what was there`;
}
