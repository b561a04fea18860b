import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { disagreements, generatedMesh } from '../property/generated-meshes.ts';

const envoy = process.env['ENVOY'];
/** The number of meshes: a few in CI, `FUZZ_RUNS` in `npm run fuzz`. `FUZZ_SHRINK` makes a failing mesh smaller. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 25);

describe.skipIf(envoy === undefined)('generated meshes on a real Envoy', () => {
  test(`${String(numRuns)} meshes behave as decide says`, { timeout: numRuns * 30_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(generatedMesh, async (mesh) => {
        expect((await disagreements(mesh, envoy ?? '')).join('\n')).toBe('');
      }),
      { numRuns, endOnFailure: process.env['FUZZ_SHRINK'] === undefined },
    );
  });
});
