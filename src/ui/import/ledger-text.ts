import type { Imported } from '../../core/import/import-mesh.ts';
import type { Palette } from '../palette.ts';
import { quantity } from '../quantity.ts';
import { wrap } from '../wrap.ts';
import { ledgerSum } from './ledger-sum.ts';

/** Returns the numbers of objects and fields that an import read, and the sums of the ledger. */
export function ledgerText(
  from: string,
  { ledger, objects, refused }: Imported,
  palette: Palette,
  columns: number,
): string {
  const sum = ledgerSum(ledger);
  const rows = [
    ['carried', sum.carried],
    ['carried differently', sum.differently],
    ['lost', sum.lost],
    ['without effect', sum.withoutEffect],
    ['not accounted for', sum.unaccounted],
  ] as const;
  const head = `read ${quantity(objects, 'object')} of ${from} with ${quantity(sum.fields, 'field')}${refused > 0 ? `; ${quantity(refused, 'document')} could not be read` : ''}`;
  return [
    `${palette.strong(wrap(head, columns, '  '))}\n`,
    ...rows.map(([name, count]) => `  ${String(count).padStart(6)} ${name}\n`),
  ].join('');
}
