/**
 * The way in which the shell continues: with words, with words that may become longer, or with names of files or
 * folders.
 */
export type CompletionKind = 'words' | 'open' | 'files' | 'folders';

/**
 * Returns the lines that a completion script reads: the kind, then on each line a word and, after a tab, its
 * description. Words with characters that a shell interprets are left out: names come from repositories, and people run
 * completed text.
 */
export function completionLines(
  kind: CompletionKind,
  candidates: readonly { readonly word: string; readonly description: string }[],
  current: string,
  shell: string,
): string {
  const option = /^--[\w-]+=/.exec(current)?.[0] ?? '';
  const start = current.slice(option.length);
  // bash splits off the option and its `=` as words of their own.
  const before = shell === 'bash' ? '' : option;
  const lines = candidates
    .filter(({ word }) => word.startsWith(start) && /^[\w./@%+,-]+$/.test(word))
    .map(({ word, description }) => {
      const says = description.replace(/[^\x20-\x7e]+/g, ' ').trim();
      return says === '' ? before + word : `${before}${word}\t${says}`;
    });
  return [kind, ...lines, ''].join('\n');
}
