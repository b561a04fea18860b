import { escapeControl } from './escape-control.ts';

/**
 * Quotes a word for a POSIX shell, for commands that people copy. Characters that could steer a terminal are escaped.
 */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text) && !text.startsWith('-')) return text;
  return `'${escapeControl(text).replaceAll("'", "'\\''")}'`;
}
