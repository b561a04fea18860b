import type { Verified } from '../../core/identity/rules/verified.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import type { Palette } from '../palette.ts';
import { quantity } from '../quantity.ts';
import { wrap } from '../wrap.ts';

/** Returns verified certificates for people: the answer, then a line for each place and for each broken rule. */
export function verifiedText(
  verified: readonly Verified[],
  fails: (one: Verified) => boolean,
  colours: Palette,
  columns: number,
): string {
  const bad = verified.filter(fails).length;
  const all = verified.reduce((sum, { certificates }) => sum + certificates, 0);
  const answer =
    bad === 0
      ? colours.added(`${quantity(all, 'certificate')} verified`)
      : colours.error(`${bad} of ${quantity(verified.length, 'place')} with certificates that break rules`);
  return `${answer}\n\n${verified.map((one) => place(one, fails(one), colours, columns)).join('')}`;
}

function place(
  { name, target, subject, certificates, protocol, broken }: Verified,
  failed: boolean,
  colours: Palette,
  columns: number,
): string {
  const about = [
    subject,
    target === undefined ? undefined : `target ${target}`,
    quantity(certificates, 'certificate'),
    protocol,
  ].filter((part) => part !== undefined);
  const mark = failed
    ? colours.error('fail')
    : broken.length > 0
      ? colours.warning('note')
      : colours.added('ok  ');
  const lines = broken.map(({ rule, severity, detail }) => {
    const colour = severity === 'error' ? colours.error : colours.warning;
    const text = wrap(escapeControl(detail), Math.max(20, columns - 8))
      .split('\n')
      .map((line) => `        ${line}\n`)
      .join('');
    return `      ${colour(severity)} ${rule}\n${text}`;
  });
  const said = wrap(escapeControl(`${name}: ${about.join(', ')}`), Math.max(20, columns - 6));
  return `${mark}  ${said.replaceAll('\n', '\n      ')}\n${lines.join('')}`;
}
