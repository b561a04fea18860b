import type { SpecChange } from '../../ports/spec-store.ts';

const says: Readonly<Record<SpecChange['change'], string>> = {
  content: 'differs',
  'line-endings': 'differs in line endings alone',
  added: 'is not in it',
  missing: 'is missing here',
};

const most = 5;

/** Returns the differences from the commit as the end of a sentence: `mesh.yaml differs, a.yaml is not in it`. */
export function specChangesText(changes: readonly SpecChange[]): string {
  const named = changes.slice(0, most).map(({ file, change }) => `${file} ${says[change]}`);
  const rest = changes.length - named.length;
  return [...named, ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
}
