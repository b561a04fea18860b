import { expect, test } from 'vitest';
import { claimNetwork, releaseNetwork } from './harness/network.ts';

test('concurrent runs have separate networks', async () => {
  const claimed = await Promise.all(Array.from({ length: 60 }, claimNetwork));
  try {
    expect(new Set(claimed).size).toBe(60);
  } finally {
    await Promise.all(claimed.map(releaseNetwork));
  }
});
