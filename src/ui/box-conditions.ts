import type { RequestBox } from '../core/reach/meaning-report.ts';
import { describedWords } from './access/access-words.ts';

/** Returns the conditions on the requests of a box, each in words; none if all requests are in it. */
export function boxConditions({
  methods,
  paths,
  headers = {},
  when = {},
}: Pick<RequestBox, 'methods' | 'paths' | 'headers' | 'when'>): readonly string[] {
  return [
    ...(methods === undefined ? [] : [describedWords(methods)]),
    ...(paths === undefined ? [] : [`path ${describedWords(paths)}`]),
    ...Object.entries(headers).map(([name, words]) => `header ${name} ${describedWords(words)}`),
    ...Object.entries(when).map(([name, words]) => `${name.replace(/^the /, '')} ${describedWords(words)}`),
  ];
}
