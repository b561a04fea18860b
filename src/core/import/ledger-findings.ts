import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { escapeControl } from '../lib/escape-control.ts';
import type { Difference } from './fate.ts';
import { pathName } from './field.ts';
import type { LedgerEntry } from './ledger.ts';
import { messages } from './messages.ts';
import { documentName } from './native-document.ts';

/**
 * Returns a finding for each mark of a ledger that people have to know of. Leaves with one mark (of a field above them)
 * make one finding, at the first leaf.
 */
export function ledgerFindings(ledger: readonly LedgerEntry[]): readonly Diagnostic[] {
  const seen = new Set<LedgerEntry['fate']>();
  return ledger.flatMap((entry) => {
    const { fate } = entry;
    if (fate.type === 'carried' || fate.type === 'without effect') return [];
    const names = {
      field: escapeControl(entry.marked.length === 0 ? 'the whole' : pathName(entry.marked)),
      object: escapeControl(documentName(entry.document)),
    };
    if (fate.type === 'unaccounted') return [finding(messages, 'MESH7000', entry.location, names)];
    if (seen.has(fate) || fate.isReported === true) return [];
    seen.add(fate);
    const { callers, witness } = fate;
    const values = {
      ...names,
      callers: escapeControl(callers),
      witness: witness === undefined ? '' : `; for example ${escapeControl(witness)}`,
    };
    return [finding(messages, codeOf(fate, fate.type === 'lost'), entry.location, values)];
  });
}

function codeOf({ access }: Difference, isLost: boolean): 'MESH7003' | 'MESH7004' | 'MESH7005' | 'MESH7006' {
  if (access === 'wider') return 'MESH7003';
  if (access === 'narrower') return 'MESH7004';
  return isLost ? 'MESH7005' : 'MESH7006';
}
