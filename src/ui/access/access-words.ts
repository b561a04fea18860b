import type { AccessRow } from '../../core/reach/access-row.ts';
import type { Described } from '../../core/reach/describe.ts';

/** Returns the conditions of a row other than method and path, in words. */
export function conditionWords({ headers = {}, when = {} }: AccessRow): string {
  return [
    ...Object.entries(headers).map(([name, words]) => `header ${name} ${describedWords(words)}`),
    ...Object.entries(when).map(([name, words]) => `${name.replace(/^the /, '')} ${describedWords(words)}`),
  ].join('; ');
}

/** Returns values in words: those listed, or all but those. */
export function describedWords(described: Described): string {
  if (!('not' in described)) return described.join(', ');
  const { in: within, not } = described;
  return `${within === undefined ? '' : `${within.join(', ')} `}other than ${not.join(', ')}`;
}
