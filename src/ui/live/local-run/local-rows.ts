import { escapeControl } from '../../../core/lib/escape-control.ts';
import { isSettled, type LocalPart } from '../../../core/local-run/local-part.ts';
import { localPartLine } from '../../local-part-line.ts';
import type { Palette } from '../../palette.ts';
import { wrap } from '../../wrap.ts';

/** Returns the rows of the live view of `mesh up`, at most `rows`: parts that are not ready come first if there are too many. */
export function localRows(
  parts: readonly LocalPart[],
  hints: readonly string[],
  stopping: boolean,
  { rows, columns, palette }: { readonly rows: number; readonly columns: number; readonly palette: Palette },
): readonly string[] {
  const targets = [...new Set(parts.map(({ target }) => target))];
  const foot = [
    ...(hints.length > 0 && isSettled(parts) ? ['', ...hints.flatMap((hint) => folded(hint, columns))] : []),
    palette.faint(stopping ? 'stopping …' : 'Ctrl-C stops all of it.'),
  ];
  const room = Math.max(0, rows - 1 - targets.length - foot.length);
  const isHidden = parts.length > room;
  const order = { ended: 0, starting: 1, ready: 2, running: 2 } as const;
  const chosen = new Set(
    isHidden
      ? parts.toSorted((a, b) => order[a.state] - order[b.state]).slice(0, Math.max(0, room - 1))
      : parts,
  );
  const left = parts.length - chosen.size;
  const shown = (lineOf: (part: LocalPart) => readonly string[]): readonly string[] =>
    targets.flatMap((target) => [
      palette.strong(escapeControl(target)),
      ...parts.filter((part) => part.target === target && chosen.has(part)).flatMap(lineOf),
    ]);
  const whole = shown((part) => wrap(`  ${localPartLine(part, palette)}`, columns, '      ').split('\n'));
  // On a screen without room for whole lines the view cuts each at the edge.
  const isRoomy = !isHidden && whole.length + foot.length < rows;
  return [
    ...(isRoomy ? whole : shown((part) => [`  ${localPartLine(part, palette)}`])),
    ...(left > 0 ? [palette.faint(`  and ${String(left)} more`)] : []),
    ...foot,
  ];
}

/** Returns a line broken at the width of the terminal; a command is continued as a shell reads it. */
function folded(line: string, columns: number): readonly string[] {
  if (!line.startsWith('Try: ')) return wrap(line, columns, '  ').split('\n');
  if (line.length <= columns) return [line];
  const lines = wrap(line, columns - 2, '  ').split('\n');
  return lines.map((one, i) => (i === lines.length - 1 ? one : `${one} \\`));
}
