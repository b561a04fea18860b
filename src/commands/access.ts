import type { Invocation } from '../command-table/invocation.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { findNamed } from '../core/explain/request/find-named.ts';
import type { Ir } from '../core/ir/ir.ts';
import { type AccessRow, accessRow } from '../core/reach/access-row.ts';
import { type AccessQuestion, listAccess } from '../core/reach/list-access.ts';
import { UsageError } from '../core/usage-error.ts';
import type { Console } from '../ports/console.ts';
import type { OpenSpecStore, SpecStore } from '../ports/spec-store.ts';
import { accessCsv } from '../ui/access/access-csv.ts';
import { accessHtml } from '../ui/access/access-html.ts';
import { accessJson } from '../ui/access/access-json.ts';
import { accessText } from '../ui/access/access-text.ts';
import { accessMemory, type ListedAccess } from './access-memory.ts';
import { type Answering, answer, wantedFormats } from './formats.ts';
import { linkedMesh } from './linked-mesh.ts';
import { specSources } from './load-mesh.ts';
import { meshOptions } from './options.ts';
import { withStore } from './with-store.ts';

/** The parts of the world that the command uses. */
export interface AccessParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
}

/** `mesh access`: lists exactly which requests get through, with `--unused-calls` those that no `calls` declares. */
export async function access(invocation: Invocation<'access'>, parts: AccessParts): Promise<ExitCode> {
  wantedFormats(invocation);
  return withStore(parts.openSpecStore, meshOptions(invocation), async ({ store }) => {
    const kept = accessMemory(store.memory, await specSources(store), invocation);
    const listed = kept?.known ?? (await listedAccess(store, invocation, parts.console));
    if (typeof listed === 'number') return listed;
    const { title, rows } = listed;
    const all = kept === undefined ? rows : kept.keeping(title, rows);
    await answer(
      invocation,
      {
        text: (colours) => accessText(all, colours),
        json: () => accessJson(all),
        csv: () => accessCsv(all),
        html: () => accessHtml(all, title),
      },
      parts,
    );
    return exit.success;
  });
}

/** Returns the list of a linked mesh, or the exit code for its errors. */
async function listedAccess(
  store: SpecStore,
  invocation: Invocation<'access'>,
  console: Console,
): Promise<ListedAccess | ExitCode> {
  const { ir, exitCode } = await linkedMesh(store, invocation, console, true);
  if (!ir) return exitCode;
  const question = questionOf(invocation, ir);
  const title = `${question.isUnused ? 'Access that no calls declare' : 'Access'} in the mesh ${ir.name}`;
  return { title, rows: { [Symbol.iterator]: () => rowsOf(ir, question) } };
}

function* rowsOf(ir: Ir, question: AccessQuestion): Generator<AccessRow> {
  for (const allowed of listAccess(ir, question)) yield accessRow(allowed);
}

function questionOf({ from, to, unusedCalls = false }: Invocation<'access'>, ir: Ir): AccessQuestion {
  return {
    isUnused: unusedCalls,
    ...(from !== undefined && { from: callerOf(from, ir) }),
    ...(to !== undefined && {
      to: named(to, 'service, External or gateway', [ir.services, ir.externals, ir.gateways]),
    }),
  };
}

function callerOf(from: string, ir: Ir): NonNullable<AccessQuestion['from']> {
  if (from === 'anonymous') return { caller: { type: 'anonymous' }, name: 'callers without identity' };
  if (from.startsWith('spiffe://')) return { caller: { type: 'spiffe', id: from }, name: from };
  const id = named(from, 'service', [ir.services]);
  return { caller: { type: 'service', id }, name: id };
}

function named(reference: string, kind: string, records: Parameters<typeof findNamed>[2]): string {
  const found = findNamed(reference, kind, records, ['default']);
  if ('problem' in found) throw new UsageError(found.problem);
  return found.id;
}
