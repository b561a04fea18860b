/** A file of the spec whose bytes in the working tree are not those of the commit that is checked out. */
export interface SpecChange {
  /** Relative to the root, `/`-separated. */
  readonly file: string;
  /** `missing`: in the commit alone; `added`: in the working tree alone; `line-endings`: no other byte differs. */
  readonly change: 'content' | 'line-endings' | 'added' | 'missing';
}

/** The commit that a spec was read at. */
export interface SpecCommit {
  readonly id: string;
  /** Whether the commit doesn't hold what was read. */
  readonly dirty: boolean;
  /** The files that differ, if any. */
  readonly changes?: readonly SpecChange[];
}

const says: Readonly<Record<SpecChange['change'], string>> = {
  content: 'differs',
  'line-endings': 'differs in line endings alone',
  added: 'is not in it',
  missing: 'is missing here',
};

const most = 5;

/** What differs from the commit, as the end of a sentence about the commit: `mesh.yaml differs, a.yaml is not in it`. */
export function specChangesText(changes: readonly SpecChange[]): string {
  const named = changes.slice(0, most).map(({ file, change }) => `${file} ${says[change]}`);
  const rest = changes.length - named.length;
  return [...named, ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
}
