import type { Schema } from '../../../.config/schemas.ts';

/** Texts with a meaning for a proxy, a shell or a template, which must stay plain text. */
const texts = [
  'x',
  '%',
  '%%',
  '%REQ(:path)%',
  '100% of it',
  '%20',
  '$1',
  '\\1',
  '${DIR}/x',
  '${VERSION}',
  '{}',
  '{0}',
  '"',
  "'",
  '\\',
  'é',
  '名',
  ' x ',
  'a\tb',
  'a,b',
  'a;b',
  'a=b',
  'a:b',
  '*',
  '/',
  '/a',
  '/a//b',
  '/%61',
  '/a/../b',
  '/é',
  '/a b',
  '/"<>^{|}`',
  '/*',
  'a@b.c',
  'A',
  '-',
  '0',
  'true',
  'null',
];

/** Patterns that cost much, or that a proxy may compile differently. */
const patterns = [
  'a{1000}',
  '(?:a{1,30}){1,30}',
  '\\pL{1,100}',
  '(?i)\\p{Greek}{1,50}',
  '[^/]{1,900}',
  'a|b|',
  '()',
  '^$',
  '\\Qa.b\\E',
  '(?s).',
  '\\x{10FFFF}',
  '(?P<name>a)',
];

const durations = [
  '0s',
  '1ms',
  '2ms',
  '24ms',
  '49ms',
  '50ms',
  '51ms',
  '999ms',
  '1s',
  '4294967ms',
  '24h',
  '49d',
  '50d',
  '365d',
  '36500d',
  '99999d',
  '99999d99999d99999d99999d99999d',
];

const percentages = ['0%', 0, '0.0001%', '0.5%', 33.3333, '50%', '99.9999%', '100%', 100];

const sizes = ['0B', '1B', '64KiB', '1GiB', '3GiB', '4GiB', '999999999GiB'];

/**
 * Returns values at the edges of a schema: the smallest, the largest, values just beyond, and difficult values in
 * between.
 */
export function edgeValues(name: string | undefined, schema: Schema): readonly unknown[] {
  if (name === 'Duration' || name === 'PositiveDuration') return durations;
  if (name === 'Percentage') return percentages;
  if (name === 'Size') return sizes;
  const types = [schema['type'] ?? []].flat();
  const found: unknown[] = [...((schema['enum'] ?? []) as readonly unknown[])];
  if (types.includes('boolean')) found.push(true, false);
  if (types.includes('integer') || types.includes('number')) found.push(...numbers(schema));
  if (types.includes('string') && schema['enum'] === undefined) found.push(...strings(name, schema));
  return [...new Set(found)];
}

function numbers(schema: Schema): readonly number[] {
  const { minimum = 0, maximum } = schema as { readonly minimum?: number; readonly maximum?: number };
  const most =
    maximum === undefined
      ? [2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER]
      : [maximum - 1, maximum, maximum + 1];
  return [minimum - 1, minimum, minimum + 1, 2, 100, 1000, ...most];
}

function strings(name: string | undefined, schema: Schema): readonly string[] {
  const { maxLength, examples = [] } = schema as {
    readonly maxLength?: number;
    readonly examples?: readonly unknown[];
  };
  const longest = ['x', '/x', 'x.'].map((unit) => unit.repeat(10_000).slice(0, maxLength ?? 9000));
  const own = examples.filter((example) => typeof example === 'string');
  return [...own, ...texts, ...(name === 'Pattern' ? patterns : []), ...longest];
}
