import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { platformSha256 } from '../../../src/adapters/platform-sha256.ts';
import { computeSha256With, portableSha256, sha256 } from '../../../src/core/lib/sha256.ts';

afterEach(() => {
  computeSha256With(portableSha256);
});

test('computes the examples of FIPS 180-4', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('the platform computes the same for every text, lone surrogates included', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.integer({ min: 0xd800, max: 0xdfff }),
      (text, half) => {
        for (const one of [text, `${text}${String.fromCharCode(half)}`])
          expect(platformSha256(one)).toBe(portableSha256(one));
      },
    ),
  );
});

test('uses the implementation that was set last', () => {
  computeSha256With(() => 'set');
  expect(sha256('abc')).toBe('set');
});
