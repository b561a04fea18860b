import type { FieldConflict } from '../../../ports/cluster.ts';

/** Fields that are taken from other managers, by the ref of their object. */
export type TakenFields = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Returns the claimed fields by ref, from claims such as `<ref>:<field>`. A field has the API server's notation, with a
 * leading `.`.
 */
export function takenFields(claims: readonly string[]): TakenFields {
  const taken = new Map<string, Set<string>>();
  for (const claim of claims) {
    const end = claim.indexOf(separator);
    if (end < 0) continue;
    const [ref, field] = [claim.slice(0, end), claim.slice(end + 1)];
    taken.set(ref, (taken.get(ref) ?? new Set()).add(field));
  }
  return taken;
}

/** Returns the claim that takes a field of an object. */
export function claimOf(ref: string, field: string): string {
  return `${ref}:${field}`;
}

/** Returns true if conflicts are about exactly the fields that are taken. */
export function areTaken(
  conflicts: readonly FieldConflict[],
  taken: ReadonlySet<string> | undefined,
): boolean {
  const fields = new Set(conflicts.map(({ field }) => field));
  return taken !== undefined && fields.size === taken.size && [...fields].every((field) => taken.has(field));
}

/** Field paths begin with a dot; no ref has one after a colon. */
const separator = ':.';
