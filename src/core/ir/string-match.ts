import type { RE2JS } from 're2js';
import { compilePattern } from '../lib/compile-pattern.ts';
import { utf8Bytes } from '../lib/utf8-bytes.ts';
import type { PathMatch, StringMatch } from './match.ts';

/** Returns true if one value fits. An absent value is undefined; only `present: false` fits it. */
export function stringMatches(match: StringMatch, value: string | undefined): boolean {
  if (match.type === 'present') return match.value === (value !== undefined);
  if (value === undefined) return false;
  switch (match.type) {
    case 'exact':
      return value === match.value;
    case 'prefix':
      return value.startsWith(match.value);
    case 'suffix':
      return value.endsWith(match.value);
    case 'contains':
      return value.includes(match.value);
    case 'regex':
      return compiled(match).testExact(utf8Bytes(value));
  }
}

/** Returns true if a normalised path fits; `prefix` compares path elements, `startsWith` characters. */
export function pathMatches(match: PathMatch, path: string): boolean {
  switch (match.type) {
    case 'exact':
      return path === match.value;
    case 'prefix':
      return path === match.value || path.startsWith(`${match.value}/`);
    case 'startsWith':
      return path.startsWith(match.value);
    case 'regex':
      return compiled(match).testExact(path);
  }
}

/** Compiled patterns by the condition that contains them, so that they live as long as their IR. */
const patterns = new WeakMap<object, RE2JS>();

function compiled(match: { readonly value: string }): RE2JS {
  const known = patterns.get(match);
  if (known !== undefined) return known;
  const pattern = compilePattern(match.value);
  patterns.set(match, pattern);
  return pattern;
}
