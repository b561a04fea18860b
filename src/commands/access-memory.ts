import type { Invocation } from '../command-table/invocation.ts';
import { sha256 } from '../core/lib/sha256.ts';
import type { AccessRow } from '../core/reach/access-row.ts';
import type { SourceSet } from '../core/source/source.ts';
import type { Memory } from '../ports/memory.ts';
import { inputDigest } from './input-digest.ts';
import { failOn } from './linked-mesh.ts';
import { isWorthKeeping } from './load-mesh.ts';
import { meshOptions } from './options.ts';

/** An answer of `mesh access`. */
export interface ListedAccess {
  readonly title: string;
  readonly rows: Iterable<AccessRow>;
}

/** The answers of earlier runs to one question about exactly the same spec. */
export interface AccessMemory {
  readonly known: ListedAccess | undefined;
  /** Returns the same rows, and stores them at the end of the list. */
  keeping(title: string, rows: Iterable<AccessRow>): Iterable<AccessRow>;
}

/** Returns the memory of a question; undefined if results are not kept, or if the spec is too small. */
export function accessMemory(
  memory: Memory | undefined,
  sources: SourceSet,
  invocation: Invocation<'access'>,
): AccessMemory | undefined {
  if (memory === undefined || !isWorthKeeping(sources)) return undefined;
  const { from = null, to = null, unusedCalls = false } = invocation;
  // Findings fail the command before it lists anything, so the limit is a part of the question.
  const question = [from, to, unusedCalls, failOn(invocation)];
  const key = sha256(JSON.stringify([inputDigest(sources, meshOptions(invocation)), question]));
  const known = recalled(memory, key);
  return {
    known,
    *keeping(title, rows) {
      if (known !== undefined) {
        yield* rows;
        return;
      }
      const all: AccessRow[] = [];
      for (const row of rows) {
        all.push(row);
        yield row;
      }
      memory.keep(name, new TextEncoder().encode(JSON.stringify({ key, title, rows: all })));
    },
  };
}

const name = 'access';

/** Returns the stored answer to a question; undefined if another one, or a damaged one, is stored. */
function recalled(memory: Memory, key: string): ListedAccess | undefined {
  try {
    const bytes = memory.recall(name);
    if (bytes === undefined) return undefined;
    const kept = JSON.parse(new TextDecoder().decode(bytes)) as ListedAccess & { readonly key: string };
    return kept.key === key && Array.isArray(kept.rows) ? kept : undefined;
  } catch {
    return undefined;
  }
}
