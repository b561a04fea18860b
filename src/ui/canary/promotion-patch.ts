import { createTwoFilesPatch } from 'diff';

/** A file before and after a change; without `after` it is removed. */
export interface ChangedText {
  readonly file: string;
  readonly before: string;
  readonly after?: string;
}

/** Returns a patch in the form that `git apply` reads (GNU diffutils, unified). */
export function promotionPatch(files: readonly ChangedText[]): string {
  const headerOptions = { includeIndex: false, includeUnderline: false, includeFileHeaders: true };
  return files
    .map(({ file, before, after }) =>
      createTwoFilesPatch(
        `a/${file}`,
        after === undefined ? '/dev/null' : `b/${file}`,
        before,
        after ?? '',
        '',
        '',
        { context: 3, headerOptions },
      ),
    )
    .join('');
}
