import { escapeControl } from '../../core/lib/escape-control.ts';
import type { Palette } from '../palette.ts';
import { quantity } from '../quantity.ts';
import { wrap } from '../wrap.ts';
import type { ImportResult } from './import-result.ts';
import { ledgerSum } from './ledger-sum.ts';

/** Returns the report of an import for people: sums of the ledger, written files, and the next step. */
export function importText(
  { from, imported, folder }: ImportResult,
  palette: Palette,
  columns: number,
): string {
  const { files, ledger, objects, refused } = imported;
  const sum = ledgerSum(ledger);
  const rows = [
    ['carried', sum.carried],
    ['carried differently', sum.differently],
    ['lost', sum.lost],
    ['without effect', sum.withoutEffect],
    ['not accounted for', sum.unaccounted],
  ] as const;
  const head = `read ${quantity(objects, 'object')} of ${from} with ${quantity(sum.fields, 'field')}${refused > 0 ? `; ${quantity(refused, 'document')} could not be read` : ''}`;
  const names = files.map(({ file }) => escapeControl(folder === '' ? file : `${folder}/${file}`));
  return [
    `${palette.strong(wrap(head, columns, '  '))}\n`,
    ...rows.map(([name, count]) => `  ${String(count).padStart(6)} ${name}\n`),
    `${wrap(`wrote ${names.join(', ')}`, columns, '  ')}\n`,
    `\nNext:\n  mesh validate${folder === '' ? '' : ` --root ${escapeControl(folder)}`}\n      checks the mesh again after each change\n`,
  ].join('');
}
