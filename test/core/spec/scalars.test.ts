import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../../src/core/spec/duration.ts';
import { parsePercentage } from '../../../src/core/spec/percentage.ts';
import { parseSize } from '../../../src/core/spec/size.ts';

describe('a duration', () => {
  it.each([
    ['250ms', 250],
    ['2s', 2000],
    ['1m30s', 90_000],
    ['1h', 3_600_000],
    ['90d', 7_776_000_000],
    ['1.5s', 1500],
    ['1.1s', 1100],
    ['0.3s', 300],
    ['0s', 0],
    ['1h2m3s4ms', 3_723_004],
    ['0.5ms', 0.5],
  ])('%s is %d ms', (text, expected) => expect(parseDuration(text)).toBe(expected));

  it.each(['', '5', '5 s', 's', '-1s', '1S', '1s ', '1us', '1e3s', '.5s', '1.s', '١s'])('is not %j', (text) =>
    expect(parseDuration(text)).toBeNaN(),
  );
});

describe('a percentage', () => {
  it.each([
    ['0.5%', 0.5],
    ['100%', 100],
    ['0.0001%', 0.0001],
    [25, 25],
    [0, 0],
    [99.9999, 99.9999],
  ])('%s is %d', (value, expected) => expect(parsePercentage(value)).toBe(expected));

  it.each([
    '',
    '%',
    '5',
    '-1%',
    '100.0001%',
    '101%',
    '0.00001%',
    100.5,
    -1,
    0.00001,
    1e-7,
    Number.NaN,
    '1e1%',
  ])('is not %j', (value) => expect(parsePercentage(value)).toBeNaN());
});

describe('a size', () => {
  it.each([
    ['64KiB', 65_536],
    ['1MiB', 1_048_576],
    ['2GiB', 2_147_483_648],
    ['0B', 0],
  ])('%s is %d bytes', (text, expected) => expect(parseSize(text)).toBe(expected));

  it.each(['', '64', 'KiB', '1.5MiB', '64kB', '-1B', '1 KiB'])('is not %j', (text) =>
    expect(parseSize(text)).toBeNaN(),
  );
});
