import type { Severity } from '../core/diagnostics/diagnostic.ts';
import { escapeControl } from '../core/lib/escape-control.ts';
import type { MeshSize } from '../core/spec/mesh-size.ts';
import type { Palette } from './palette.ts';
import { quantity } from './quantity.ts';
import { wrap } from './wrap.ts';

/** The result of `validate`. */
export interface Validated {
  readonly valid: boolean;
  /** Absent if an error makes the spec unusable. */
  readonly size?: MeshSize;
  readonly counts: Readonly<Record<Severity, number>>;
  /** Findings that comments suppress. */
  readonly suppressed?: number;
  /** Number of findings in files that the command line doesn't name. */
  readonly elsewhere: number;
}

/** Returns the answer of `validate` in a sentence. */
export function validateText(
  { valid, size, counts, suppressed = 0, elsewhere }: Validated,
  palette: Palette,
  columns: number,
): string {
  const name = escapeControl(size?.name ?? 'the mesh');
  const found = (['error', 'warning', 'info'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => quantity(counts[severity], words[severity]));
  const others = elsewhere === 0 ? [] : [`${quantity(elsewhere, 'finding')} in other files`];
  const silent = suppressed === 0 ? [] : [`${String(suppressed)} suppressed`];
  const all = [...found, ...silent, ...others].join(', ');
  const head = `${name} is ${valid ? 'valid' : 'not valid'}`;
  const what = !valid || size === undefined ? '' : `: ${sizeOf(size)}`;
  const rest = all === '' ? '' : valid ? ` (${all})` : `: ${all}`;
  // Colour the text after its lines are broken: the width must not count colour codes.
  const text = wrap(head + what + rest, columns, '  ');
  return `${text.replace(head, valid ? palette.added(head) : palette.error(head))}\n`;
}

const words: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'remark' };

function sizeOf({ services, externals, gateways, routes, accesses, targets }: MeshSize): string {
  return [
    quantity(services, 'service'),
    ...(externals > 0 ? [quantity(externals, 'External')] : []),
    ...(gateways > 0 ? [quantity(gateways, 'gateway')] : []),
    quantity(routes, 'route'),
    quantity(accesses, 'access document'),
    quantity(targets, 'target'),
  ].join(', ');
}
