import { expect, test } from 'vitest';
import type { Drift } from '../../src/core/drift/drift.ts';
import { driftText } from '../../src/ui/drift-text.ts';
import { palette } from '../../src/ui/palette.ts';

function textOf(drift: Drift): string {
  return driftText('eu', { applied: 'entry', drift: [drift] }, palette(false), {
    verbose: false,
    columns: 200,
  });
}

test('a file of a repository is shown with its last commit on a separate line', () => {
  const by = {
    owner: 'Ann Other <ann@example.com>',
    modified: '2026-11-29T00:36:47+01:00',
    commit: '6137925958fb00000000',
    subject: 'Raise the timeout by hand\u001b[2J',
  };
  const text = textOf({ type: 'file', state: 'removed', path: 'shop/a.yaml', detail: 'it moved', by });
  expect(text.split('\n').slice(2, 4)).toEqual([
    '  - shop/a.yaml is gone (it moved)',
    '      by Ann Other <ann@example.com>, 2026-11-29T00:36:47+01:00, commit 6137925958fb "Raise the timeout by hand\\u001b[2J"',
  ]);
});

test('a file of a folder is shown with its owner and the time of the last write', () => {
  const by = { owner: 'ann', modified: '2026-11-29T00:36:47Z' };
  expect(textOf({ type: 'file', state: 'changed', path: 'config/a.yaml', by })).toContain(
    '  ~ config/a.yaml was changed, 2026-11-29T00:36:47Z, owner ann\n',
  );
});
