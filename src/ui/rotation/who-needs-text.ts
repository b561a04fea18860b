import { type Gate, itemName } from '../../core/identity/rotation/gate.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import { jsonText } from '../json-text.ts';
import type { Palette } from '../palette.ts';
import { quantity } from '../quantity.ts';
import { wayLines } from './rotation-text.ts';

/** Returns the dependents of a root for people. */
export function whoNeedsText(root: string, { state, items }: Gate, colours: Palette): string {
  const colour = { met: colours.added, unmet: colours.error, unseen: colours.warning };
  const rows = [...items]
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
    .map((item) => {
      const name = `${item.kind.padEnd(8)}  ${escapeControl(itemName(item))}`;
      return `  ${colour[item.state](item.state.padEnd(6))}  ${name}: ${escapeControl(item.detail)}`;
    });
  const count = (of: string): number => items.filter((item) => item.state === of).length;
  const verdict =
    state === 'met'
      ? `nobody needs the root ${root.slice(0, 16)} any more`
      : `${quantity(count('unmet'), 'still needs', 'still need')} the root ${root.slice(0, 16)}, and ${quantity(count('unseen'), 'is', 'are')} not seen`;
  return [colours.strong(verdict), ...rows, ...wayLines(items), ''].join('\n');
}

const order = ['unmet', 'unseen', 'met'];

/** Returns the dependents of a root in the shape of schemas/output/certificates.json. */
export function whoNeedsJson(trustDomain: string, root: string, { state, items }: Gate): string {
  return jsonText({ formatVersion: '1.0', trustDomain, root, state, items });
}
