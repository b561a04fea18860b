import { quoted } from '../lib/quoted.ts';

/** Returns a value of a document as part of a sentence: `the number 5`, `the string "x"`, `a list`. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty map' : 'a map';
  if (typeof value === 'string') return value === '' ? 'an empty string' : `the string ${quoted(value)}`;
  return typeof value === 'boolean' ? `the truth value ${String(value)}` : `the number ${shown(value)}`;
}

/** Returns a string, number or boolean as text, and a description of any other value. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return describeValue(value);
}
