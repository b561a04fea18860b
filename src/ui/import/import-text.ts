import { escapeControl } from '../../core/lib/escape-control.ts';
import { shellWord } from '../../core/lib/shell-word.ts';
import type { Palette } from '../palette.ts';
import { wrap } from '../wrap.ts';
import type { ImportResult } from './import-result.ts';
import { ledgerText } from './ledger-text.ts';

/** Returns the report of an import for people: sums of the ledger, written files, and the next step. */
export function importText(
  { from, imported, folder }: ImportResult,
  palette: Palette,
  columns: number,
): string {
  const names = imported.files.map(({ file }) => escapeControl(folder === '' ? file : `${folder}/${file}`));
  return [
    ledgerText(from, imported, palette, columns),
    `${wrap(`wrote ${names.join(', ')}`, columns, '  ')}\n`,
    `\nNext:\n  mesh validate${folder === '' ? '' : ` --root ${shellWord(folder)}`}\n      checks the mesh again after each change\n`,
  ].join('');
}
