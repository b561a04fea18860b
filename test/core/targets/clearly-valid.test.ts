import { expect, test } from 'vitest';
import { areClearlyValid } from '../../../src/core/targets/clearly-valid.ts';
import { compiled } from '../../../src/core/targets/option-validator.ts';
import { targets } from '../../../src/core/targets/registry.ts';

interface Property {
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
}

const values = [
  '',
  'a',
  'a b',
  'A',
  '/a',
  '/a\n',
  'a/b',
  '\ud800',
  '😀',
  0,
  1,
  true,
  false,
  null,
  [],
  ['a'],
  {},
];

test.each(Object.entries(targets))(
  'options of %s are clearly valid only if they are valid',
  async (_, load) => {
    const { optionsSchema } = (await load()).default;
    const schema = optionsSchema ?? { type: 'object', additionalProperties: false, properties: {} };
    const properties = ('properties' in schema ? schema.properties : {}) as Readonly<
      Record<string, Property>
    >;
    const isValid = compiled(schema);
    for (const [name, property] of Object.entries(properties))
      for (const value of [...values, property.default, ...(property.enum ?? [])].filter(
        (one) => one !== undefined,
      ))
        if (areClearlyValid({ [name]: value }, schema))
          expect([value, isValid({ [name]: value })]).toEqual([value, true]);
    expect(areClearlyValid({ ...defaultsOf(properties), constructor: 'a' }, schema)).toBe(false);
  },
);

test.each(['istio', 'gateway-api'] as const)('the defaults of %s need no validator', async (name) => {
  const { optionsSchema } = (await targets[name]()).default;
  const properties = (optionsSchema as { readonly properties: Readonly<Record<string, Property>> })
    .properties;
  expect(areClearlyValid(defaultsOf(properties), optionsSchema ?? {})).toBe(true);
});

test.each([
  ['a keyword of an option', { properties: { a: { type: 'string', maxLength: 0 } } }],
  ['a keyword of all options', { properties: { a: { type: 'string' } }, maxProperties: 0 }],
  ['a count of characters', { properties: { a: { type: 'string', minLength: 2 } } }],
])('%s that only a validator understands makes nothing clearly valid', (_, schema) => {
  expect(areClearlyValid({ a: 'aa' }, { type: 'object', ...schema })).toBe(false);
});

function defaultsOf(properties: Readonly<Record<string, Property>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, { default: value }]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
