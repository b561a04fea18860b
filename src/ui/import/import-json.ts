import { pathName } from '../../core/import/field.ts';
import type { LedgerEntry } from '../../core/import/ledger.ts';
import { documentName } from '../../core/import/native-document.ts';
import { counts, findingJson } from '../diagnostics-json.ts';
import { jsonText } from '../json-text.ts';
import type { ImportResult } from './import-result.ts';
import { ledgerSum } from './ledger-sum.ts';

/** Returns the output of `import --format json`: sums, every native field with its fate, files and findings. */
export function importJson({ from, imported, native, written }: ImportResult): string {
  const { files, ledger, objects, refused } = imported;
  return jsonText({
    formatVersion: '1.0',
    from,
    objects,
    refused,
    counts: counts([...native, ...written]),
    fields: ledgerSum(ledger),
    files: files.map(({ file }) => file),
    ledger: ledger.map(entryJson),
    diagnostics: native.map(findingJson),
    written: written.map(findingJson),
  });
}

function entryJson({ document, path, location, fate }: LedgerEntry): object {
  const { type } = fate;
  return {
    object: documentName(document),
    field: pathName(path),
    file: location.file,
    line: location.range.start.line,
    column: location.range.start.column,
    fate: type,
    ...detailsOf(fate),
  };
}

function detailsOf(fate: LedgerEntry['fate']): object {
  if (fate.type === 'without effect') return { why: fate.why };
  if (fate.type !== 'lost' && fate.type !== 'carried differently') return {};
  const { callers, witness, access } = fate;
  return { callers, ...(witness !== undefined && { witness }), ...(access !== undefined && { access }) };
}
