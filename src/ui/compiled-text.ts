import { escapeControl } from '../core/lib/escape-control.ts';
import type { Palette } from './palette.ts';
import { quantity } from './quantity.ts';
import { wrap } from './wrap.ts';

/** A target that was written to a folder. */
export interface WrittenTarget {
  readonly name: string;
  readonly platform: string;
  readonly folder: string;
  readonly files: number;
  readonly proxies: number;
  /** Absent if no certificates were issued. */
  readonly materials?: readonly { readonly notAfter: Date }[];
}

/** Returns the report of `compile --out`, a block for each target. */
export function compiledText(targets: readonly WrittenTarget[], palette: Palette, columns: number): string {
  return targets.map((target) => block(target, palette, columns)).join('');
}

function block(
  { name, platform, folder, files, proxies, materials }: WrittenTarget,
  palette: Palette,
  columns: number,
): string {
  const head = `${name} (${platform})`;
  const proxied = proxies === 0 ? '' : ` for ${quantity(proxies, 'proxy', 'proxies')}`;
  const text = `${head}: ${quantity(files, 'file')}${proxied} in ${escapeControl(folder)}`;
  const lines = [wrap(text, columns, '  ').replace(head, palette.added(head))];
  if (materials !== undefined) lines.push(`  ${certificates(materials)}`);
  if (proxies > 0) lines.push(palette.faint('  index.json there says how each proxy is started'));
  else if (files > 1) lines.push(palette.faint(`  ${applyObjects(folder)} writes them to the cluster`));
  return lines.map((line) => `${line}\n`).join('');
}

/** Returns the command that writes the objects of a folder to the cluster of kubectl's present context. */
function applyObjects(folder: string): string {
  const path = `${folder}/manifests`;
  const word = /^[\w./@%+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'"'"'`)}'`;
  return `kubectl apply --recursive -f ${escapeControl(word)}`;
}

function certificates(materials: readonly { readonly notAfter: Date }[]): string {
  const first = Math.min(...materials.map(({ notAfter }) => notAfter.getTime()));
  const until = materials.length === 0 ? '' : `, the first ends ${new Date(first).toISOString()}`;
  return `${quantity(materials.length, 'certificate')} issued${until}`;
}
