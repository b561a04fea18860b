import type { RequestFields } from '../explain/request/request-fields.ts';

/** Returns the fields of a request that is written in a line: `METHOD PATH`, `PATH` or `METHOD`. */
export function requestLine(line: string): Pick<RequestFields, 'method' | 'path'> {
  const blank = line.indexOf(' ');
  if (blank >= 0) return { method: line.slice(0, blank), path: line.slice(blank + 1) };
  return /^[/*]/.test(line) ? { path: line } : { method: line };
}

/** Returns the problem of a line whose method isn't in upper case; undefined if the method is, or if there is none. */
export function lineProblem(line: string): string | undefined {
  const [word = ''] = line.split(' ', 1);
  if (/^[/*]/.test(word) || word === word.toUpperCase()) return undefined;
  const path = line === word ? `, or \`/${word}\` for a path` : '';
  return `methods are case-sensitive: write \`${word.toUpperCase()}\`${path} (\`{method: ${word}}\` is the method \`${word}\`)`;
}
