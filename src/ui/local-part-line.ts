import { escapeControl } from '../core/lib/escape-control.ts';
import type { LocalPart } from '../core/local-run/local-part.ts';
import type { Palette } from './palette.ts';

/** Returns a line on a proxy or a stand-in of `mesh up`: `✓ proxy default-web-default-0  outbound 127.0.0.1:27001`. */
export function localPartLine(
  { kind, name, state, listens, detail, requests }: LocalPart,
  palette: Palette,
): string {
  const marks = {
    starting: palette.faint('…'),
    ready: palette.added('✓'),
    running: palette.added('✓'),
    ended: palette.error('✗'),
  };
  const where = Object.entries(listens).map(([port, at]) => escapeControl(`${port} ${at}`));
  const says = {
    starting: palette.faint('starts'),
    ready: where.join(', '),
    running: `${where.join(', ')}, ${kind === 'proxy' ? 'started by somebody else' : 'another program answers there'}`,
    ended: palette.error('ended'),
  };
  const count =
    requests === undefined || requests === 0 ? '' : palette.faint(`, ${String(requests)} requests`);
  const why = detail === undefined ? '' : `: ${escapeControl(detail)}`;
  return `${marks[state]} ${kind} ${palette.strong(escapeControl(name))}  ${says[state]}${count}${why}`;
}
