import { escapeControl } from '../core/lib/escape-control.ts';
import type { Palette } from './palette.ts';
import { type Validated, validateText } from './validate-text.ts';
import { wrap } from './wrap.ts';

/** What `init` wrote, whether the whole is valid, and what comes next. */
export function initText(
  written: readonly string[],
  validated: Validated,
  palette: Palette,
  columns: number,
): string {
  const files = written.map(escapeControl).join(', ');
  const head = files === '' ? 'nothing was missing' : `wrote ${files}`;
  const answer = `${wrap(head, columns, '  ')}\n${validateText(validated, palette, columns)}`;
  return validated.valid ? `${answer}\nNext:\n${next(validated)}` : answer;
}

function next({ spec }: Validated): string {
  const hasHello = spec?.services.some(({ namespace, name }) => namespace === 'default' && name === 'hello');
  const first = hasHello
    ? [
        'mesh explain request --from web --to hello GET /',
        'what happens to a call, and which lines decide it',
      ]
    : ['mesh validate', 'checks the mesh again after each change'];
  const rows = [
    first,
    ['mesh certs init', 'makes the certificates that calls are verified with'],
    ['mesh apply', 'shows what would be written for the Envoys, and writes it'],
  ];
  return rows.map(([command = '', does = '']) => `  ${command}\n      ${does}\n`).join('');
}
