import type { Severity } from '../core/diagnostics/diagnostic.ts';
import { escapeControl } from '../core/lib/escape-control.ts';
import type { Spec } from '../core/spec/spec.ts';
import type { Palette } from './palette.ts';
import { quantity } from './quantity.ts';
import { wrap } from './wrap.ts';

/** What `validate` found out. */
export interface Validated {
  readonly valid: boolean;
  /** Absent when an error makes the spec unusable. */
  readonly spec?: Spec;
  readonly counts: Readonly<Record<Severity, number>>;
  /** Findings that comments suppress. */
  readonly suppressed?: number;
  /** Findings in files that weren't asked about. */
  readonly elsewhere: number;
}

/** The answer of `validate` in a sentence. */
export function validateText(
  { valid, spec, counts, suppressed = 0, elsewhere }: Validated,
  palette: Palette,
  columns: number,
): string {
  const name = escapeControl(spec?.mesh.name ?? 'the mesh');
  const found = (['error', 'warning', 'info'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => quantity(counts[severity], words[severity]));
  const others = elsewhere === 0 ? [] : [`${quantity(elsewhere, 'finding')} in other files`];
  const silent = suppressed === 0 ? [] : [`${String(suppressed)} suppressed`];
  const all = [...found, ...silent, ...others].join(', ');
  const head = `${name} is ${valid ? 'valid' : 'not valid'}`;
  const size = !valid || spec === undefined ? '' : `: ${sizeOf(spec)}`;
  const rest = all === '' ? '' : valid ? ` (${all})` : `: ${all}`;
  // Coloured once its lines are broken: colours have no width.
  const text = wrap(head + size + rest, columns, '  ');
  return `${text.replace(head, valid ? palette.added(head) : palette.error(head))}\n`;
}

const words: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'remark' };

function sizeOf({ mesh, services, routes, accesses, gateways, externals }: Spec): string {
  const targets = Object.keys(mesh.value.spec.targets ?? {}).length;
  return [
    quantity(services.length, 'service'),
    ...(externals.length > 0 ? [quantity(externals.length, 'External')] : []),
    ...(gateways.length > 0 ? [quantity(gateways.length, 'gateway')] : []),
    quantity(routes.length, 'route'),
    quantity(accesses.length, 'access document'),
    quantity(targets, 'target'),
  ].join(', ');
}
