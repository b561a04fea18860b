import { expect, test } from 'vitest';
import type { ExpectedLimit } from '../../../src/core/spec/types.gen.ts';
import { limitMismatches } from '../../../src/core/suite/limit-mismatches.ts';

const limit = (at: 'rule' | 'instance', requests: number) => ({ at, requests, per: 1000, burst: 0 });
const got = [limit('rule', 10), limit('instance', 20)] as Parameters<typeof limitMismatches>[1];

test.each<[string, readonly ExpectedLimit[], boolean]>([
  ['an open limit first leaves the other to the exact one', [{ per: '1s' }, { at: 'rule' }], true],
  ['the same in the other order', [{ at: 'rule' }, { per: '1s' }], true],
  ['two expectations of one limit', [{ at: 'rule' }, { requests: 10 }], false],
  ['a limit too few', [{ per: '1s' }], false],
  ['a limit too many', [{ per: '1s' }, { at: 'rule' }, { burst: 0 }], false],
])('%s', (_, expected, holds) => {
  expect(limitMismatches(expected, got)).toHaveLength(holds ? 0 : 1);
});
