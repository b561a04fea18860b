import { escapeControl } from './escape-control.ts';

/** Returns a value of the spec for use in a sentence: in quotes, on one line, cut to `longest` characters. */
export function quoted(text: string, longest = 60): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return `"${escapeControl(cut)}"`;
}
