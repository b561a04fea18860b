import { escapeControl } from './escape-control.ts';

/** A value of the spec as part of a sentence: in quotes, on one line, at most `longest` characters of it. */
export function quoted(text: string, longest = 60): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return `"${escapeControl(cut)}"`;
}
