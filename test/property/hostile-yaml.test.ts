import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { parseSource } from '../../src/core/source/parse.ts';
import { mutated, seed } from './mutated-documents.ts';

/** Returns the data that we read from a text; undefined if there is a finding. */
function ours(text: string): string | undefined {
  const { documents, diagnostics } = parseSource({ file: 'a.yaml', bytes: new TextEncoder().encode(text) });
  if (diagnostics.length > 0 || documents.some((document) => document.diagnostics.length > 0))
    return undefined;
  return json(documents.map(({ value }) => value));
}

/**
 * Returns the data that the `yaml` package reads from a text, which shares no code with ours; undefined if it finds an
 * error.
 */
function theirs(text: string): string | undefined {
  // A lone surrogate has no bytes: our code receives U+FFFD.
  const documents = parseAllDocuments(text.toWellFormed(), {
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    logLevel: 'silent',
  });
  if (
    !Array.isArray(documents) ||
    documents.some(({ errors, warnings }) => errors.length + warnings.length > 0)
  ) {
    return undefined;
  }
  return json(documents.map((document) => document.toJS() as unknown));
}

/** Returns a value as JSON, in which `-0` is 0, as for us on purpose; JSON hides no other difference. */
function json(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (item === undefined ? null : item));
}

const plain = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...Array.from(':#-?,[]{}&*!|>\'"%@` \n\ta1~.e+x0_é😀')), maxLength: 12 }),
  fc.constantFrom(
    'yes',
    'null',
    '~',
    'true',
    'False',
    '0x1F',
    '0o17',
    '1e3',
    '.5',
    '-.inf',
    '1_000',
    '2001-12-14',
    '<<',
    '=',
    '1:30',
    '+1',
    '08',
  ),
);

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    plain,
    fc.integer(),
    fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })
      .map((number) => (number === 0 ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(plain, tie('value'), { maxKeys: 4 }),
  ),
}));

describe('the content read of a text', () => {
  it('is the written data, by either library, in every style', () => {
    const style = fc.record({
      indent: fc.integer({ min: 2, max: 5 }),
      lineWidth: fc.constantFrom(0, 30, 80),
      collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
      defaultStringType: fc.constantFrom(
        'PLAIN' as const,
        'QUOTE_DOUBLE' as const,
        'QUOTE_SINGLE' as const,
        'BLOCK_LITERAL' as const,
        'BLOCK_FOLDED' as const,
      ),
    });
    let read = 0;
    const property = fc.property(value, style, fc.boolean(), (written, { indent, ...options }, isDump) => {
      const text = isDump
        ? dump(written, { indent, flowLevel: options.collectionStyle === 'flow' ? 0 : -1 })
        : stringify(written, { indent, ...options, aliasDuplicateObjects: false });
      const result = ours(text);
      // `yaml` writes some blanks in a form that it can't read itself.
      if (result === undefined || (!isDump && theirs(text) !== json([written]))) return;
      read += 1;
      expect(result).toBe(json([written]));
    });
    fc.assert(property, { numRuns: 3000, seed });
    // We refuse some texts that the libraries write: control characters without an escape, tabs that indent, keys that
    // aren't strings.
    expect(read).toBeGreaterThan(2500);
  });

  it('is what the `yaml` package reads, if both find no error', () => {
    let compared = 0;
    const property = fc.property(mutated, (text) => {
      // An indented `---` is text, but js-yaml begins a document there, whose value isn't part of the spec.
      if (/^[ \t]+---/m.test(text)) return;
      // A carriage return alone ends a line (YAML 1.2.2, 5.4), but `yaml` keeps it as content.
      if (/\r(?!\n)/.test(text)) return;
      const result = ours(text);
      const other = result === undefined ? undefined : theirs(text);
      if (other === undefined) return;
      compared += 1;
      expect(result).toBe(other);
    });
    fc.assert(property, { numRuns: 3000, seed });
    expect(compared).toBeGreaterThan(1500);
  });
});
