import type { FieldConflict } from '../../../ports/cluster.ts';
import type { Origin } from '../../location.ts';
import type { PlannedObject } from './plan-objects.ts';
import { claimOf } from './taken-fields.ts';

/** The reason why an object can't be written. */
export interface Hindrance {
  readonly why: string;
  /** The ways out, each a clause; empty for a refusal. */
  readonly ways: readonly string[];
  /** True if the API server refuses the write; false if somebody else owns the object or some of its fields. */
  readonly isRefused: boolean;
}

/**
 * Returns the reason why an object can't be written; undefined if it can. `origins` are the object's places in the
 * spec.
 */
export function whyNot(
  { op, ref, conflicts = [], problem }: PlannedObject,
  origins: readonly Origin[] = [],
): Hindrance | undefined {
  if (conflicts.length > 0) return fieldConflict(ref, conflicts, origins[0]);
  if (problem === undefined) return undefined;
  const isThere = op === 'conflict' && problem.startsWith('it is there');
  return {
    why: problem,
    ways: isThere ? [`--adopt ${ref} takes it over`] : [],
    isRefused: op !== 'conflict',
  };
}

/** Returns the reason with its ways out as one line. */
export function hindranceText({ why, ways }: Hindrance): string {
  return ways.length === 0 ? why : `${why}: ${ways.join('; or ')}`;
}

/**
 * Returns the owners of the fields, and the ways out: take the fields, share the value, or have the owner give the
 * fields up.
 */
function fieldConflict(
  ref: string,
  conflicts: readonly FieldConflict[],
  origin: Origin | undefined,
): Hindrance {
  const fields = [...new Set(conflicts.map(({ field }) => field))];
  const managers = [...new Set(conflicts.map(({ manager }) => JSON.stringify(manager)))].join(' and ');
  const whose = conflicts.map(({ manager, field }) => `${field} is ${JSON.stringify(manager)}'s`).join(', ');
  const line = origin === undefined ? 'the spec' : `${origin.file}:${origin.line}`;
  const flags = fields.map((field) => `--take-ownership ${claimOf(ref, field)}`).join(' ');
  return {
    why: `${whose}, and ${line} wants another value`,
    ways: [
      `${flags} overwrites it`,
      `write the present value into ${line}`,
      `let ${managers} put back what was there`,
    ],
    isRefused: false,
  };
}
