import type { Difference } from '../../../import/fate.ts';
import type { Field } from '../../../import/field.ts';

/** The fate of a field of which nothing is carried: lost, with what callers notice, or without effect, with the reason. */
export type Rest =
  | ({ readonly type: 'lost' } & Difference)
  | { readonly type: 'without effect'; readonly why: string };

/** Returns the fate of a field that is lost without a change of access. */
export function lost(callers: string): Rest {
  return { type: 'lost', callers };
}

/** Returns the fate of a field that refuses calls, which the spec admits. */
export function wider(callers: string, witness: string): Rest {
  return { type: 'lost', callers, witness, access: 'wider' };
}

/** Returns the fate of a field that changes nothing for callers. */
export function idle(why: string): Rest {
  return { type: 'without effect', why };
}

/** Marks the fields of a message by a table of their names; a field that isn't in the table keeps its marks. */
export function account(message: Field, table: Readonly<Record<string, Rest>>): void {
  if (typeof message.value !== 'object' || message.value === null || Array.isArray(message.value)) return;
  for (const [name, field] of message.entries()) {
    const rest = Object.hasOwn(table, name) ? table[name] : undefined;
    if (rest?.type === 'lost') field.lost(rest);
    else if (rest !== undefined) field.withoutEffect(rest.why);
  }
}
