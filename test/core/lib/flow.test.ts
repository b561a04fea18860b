import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { flow } from '../../../src/core/lib/flow.ts';

test('writes data as people would', () => {
  expect(flow({ attempts: 2, on: ['connect-failure', 503], perTryTimeout: '600ms' })).toBe(
    '{attempts: 2, on: [connect-failure, 503], perTryTimeout: 600ms}',
  );
  expect(flow('true')).toBe('"true"');
  expect(flow('1.30')).toBe('"1.30"');
  expect(flow(['0x1F', '0o7', '-', '.inf'])).toBe('["0x1F", "0o7", "-", ".inf"]');
});

test('a YAML parser reads back the written data', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const data: unknown = JSON.parse(JSON.stringify(value));
      expect(parse(flow(data))).toEqual(data);
    }),
  );
});
