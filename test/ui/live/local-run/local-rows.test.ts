import { expect, test } from 'vitest';
import type { LocalPart } from '../../../../src/core/local-run/local-part.ts';
import { localRows } from '../../../../src/ui/live/local-run/local-rows.ts';
import { palette } from '../../../../src/ui/palette.ts';

const proxy = (name: string, state: LocalPart['state'], detail?: string): LocalPart => ({
  target: 'local',
  kind: 'proxy',
  name,
  state,
  listens: { outbound: '127.0.0.1:1' },
  ...(detail !== undefined && { detail }),
});
const view = { rows: 24, columns: 80, palette: palette(false) };

test('each part has a row; the call to try follows once all are ready', () => {
  const service: LocalPart = {
    ...proxy('hello v1', 'ready'),
    kind: 'service',
    listens: { app: '127.0.0.1:2' },
    requests: 3,
  };
  expect(localRows([proxy('a', 'ready'), service], ['Try: curl x'], false, view)).toEqual([
    'local',
    '  ✓ proxy a  outbound 127.0.0.1:1',
    '  ✓ service hello v1  app 127.0.0.1:2, 3 requests',
    '',
    'Try: curl x',
    'Ctrl-C stops all of it.',
  ]);
  expect(localRows([proxy('a', 'starting')], ['Try: curl x'], true, view)).toEqual([
    'local',
    '  … proxy a  starts',
    'stopping …',
  ]);
});

test('on a small screen the parts that are not ready are shown', () => {
  const parts = [
    ...Array.from({ length: 50 }, (_, i) => proxy(`p${String(i)}`, 'ready')),
    proxy('bad', 'ended', 'exit code 1'),
  ];
  const rows = localRows(parts, ['Try: curl x'], false, { ...view, rows: 10 });
  expect(rows.length).toBeLessThan(10);
  expect(rows).toContain('  ✗ proxy bad  ended: exit code 1');
  // Of 9 rows, the target, the foot of three and this row leave 4 of 51 parts.
  expect(rows).toContain('  and 47 more');
});

test('escapes hostile names', () => {
  const rows = localRows([proxy('a\u001b[2J', 'ended', 'x\ny')], [], false, view);
  expect(rows.join('')).not.toMatch(/[\u001b\n]/);
});

test('a call to try is continued on the next line as a shell reads it if the terminal is narrow', () => {
  const call = "Try: curl -H 'host: hello' http://127.0.0.1:27001/";
  const rows = localRows([proxy('a', 'ready')], [call], false, { ...view, columns: 40 });
  expect(rows.slice(3, 5)).toEqual(["Try: curl -H 'host: hello' \\", '  http://127.0.0.1:27001/']);
});

test('on a narrow screen each part goes on in a second row, as long as there is room', () => {
  const long = { ...proxy('default-web-default-0', 'ready'), listens: { outbound: '127.0.0.1:27001' } };
  const narrow = { ...view, columns: 40 };
  expect(localRows([long], [], false, narrow)).toEqual([
    'local',
    '  ✓ proxy default-web-default-0',
    '      outbound 127.0.0.1:27001',
    'Ctrl-C stops all of it.',
  ]);
  expect(localRows([long], [], false, { ...narrow, rows: 4 })).toEqual([
    'local',
    '  ✓ proxy default-web-default-0  outbound 127.0.0.1:27001',
    'Ctrl-C stops all of it.',
  ]);
});
