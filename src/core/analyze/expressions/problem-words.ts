import { quoted } from '../../lib/quoted.ts';

/** Returns the parser's message with the position as a number instead of a drawing. */
export function problemWords(
  error:
    | {
        readonly summary?: string;
        readonly message?: string;
        readonly range?: { readonly start: number } | undefined;
      }
    | undefined,
): string {
  if (error === undefined) return 'it cannot be read';
  const place = error.range === undefined ? '' : ` (at character ${String(error.range.start + 1)})`;
  return `${quoted(error.summary ?? error.message ?? '', 120)}${place}`;
}
