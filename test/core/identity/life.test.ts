import { expect, test } from 'vitest';
import { lifeOf } from '../../../src/core/identity/life.ts';
import { renewalStart } from '../../../src/core/identity/renewal.ts';

const day = 24 * 60 * 60 * 1000;
const begin = Date.parse('2026-01-01T00:00:00Z');
const hundredDays = { notBefore: begin, notAfter: begin + 100 * day };

// certificates.md: 25 % left warns, 15 % fails.
test.each([
  [-1, 'early'],
  [0, 'good'],
  [74.9, 'good'],
  [75, 'due'],
  [84.9, 'due'],
  [85, 'near'],
  [99.9, 'near'],
  [100, 'expired'],
  [1000, 'expired'],
])('after %d of 100 days a certificate is %s', (days, state) => {
  expect(lifeOf(hundredDays, begin + days * day).state).toBe(state);
});

test('the least validity counts only for certificates that live longer than it', () => {
  const at = (days: number, least: number) => lifeOf(hundredDays, begin + days * day, least * day).state;
  expect(at(50, 30)).toBe('good');
  expect(at(70, 30)).toBe('good');
  expect(at(71, 30)).toBe('near');
  expect(at(71, 100)).toBe('good');
  expect(at(10, 99)).toBe('near');
});

test('renewal is due at two thirds of the life', () => {
  const ninety = { notBefore: begin, notAfter: begin + 90 * day };
  expect(renewalStart(ninety)).toBe(begin + 60 * day);
});
