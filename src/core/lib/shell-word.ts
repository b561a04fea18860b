import { escapeControl } from './escape-control.ts';

/** A word as a POSIX shell takes it, for commands that people copy; what could steer a terminal is escaped. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text) && !text.startsWith('-')) return text;
  return `'${escapeControl(text).replaceAll("'", "'\\''")}'`;
}
