import { isInRange, parseAddress, parseRange } from '../../lib/ip-range.ts';
import type { Test } from '../condition.ts';
import type { Value } from '../values.ts';

/**
 * Returns the values of the client's address: unknown, and for each set of ranges that some address has in common, one
 * such address. All sets begin at an edge of a range.
 */
export function addressValues(tests: readonly Test[]): readonly Value[] {
  const ranges = tests.map((test) => (test.of === 'address' ? parseRange(test.range) : undefined));
  const edges = ranges.flatMap((range) => {
    if (range === undefined) return [];
    const size = 1n << BigInt((range.family === 4 ? 32 : 128) - range.length);
    const start = (range.bits / size) * size;
    const ends = [start, start + size];
    const mapped =
      range.family === 4 ? ends.map((bits) => ({ family: 6, bits: bits + (0xffffn << 32n) }) as const) : [];
    return [...ends.map((bits) => ({ family: range.family, bits }) as const), ...mapped];
  });
  const first = [
    { family: 4, bits: documentation.four },
    { family: 6, bits: documentation.six },
    { family: 4, bits: 0n },
    { family: 6, bits: 0n },
  ] as const;
  const found = new Map<string, Value>();
  for (const edge of [...first, ...edges]) {
    const address = written(edge);
    const parsed = address === undefined ? undefined : parseAddress(address);
    if (address === undefined || parsed === undefined) continue;
    const answers = tests.map((test, index) => {
      const range = ranges[index];
      return test.of === 'address-known' || (range !== undefined && isInRange(range, parsed));
    });
    const key = answers.map(Number).join('');
    if (!found.has(key)) found.set(key, { answers, part: { of: 'address', address } });
  }
  const unknown: Value = { answers: tests.map(() => false), part: { of: 'address', address: undefined } };
  return [...found.values(), unknown];
}

/** Addresses for examples (RFC 5737 and 3849), which stand for others where they can: no client has 0.0.0.0. */
const documentation = { four: 0xc0_00_02_01n, six: (0x20010db8n << 96n) + 1n } as const;

function written({ family, bits }: { readonly family: 4 | 6; readonly bits: bigint }): string | undefined {
  if (bits >> BigInt(family === 4 ? 32 : 128) !== 0n) return undefined;
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 255n)).join('.');
  return Array.from({ length: 8 }, (_, index) =>
    ((bits >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  ).join(':');
}
