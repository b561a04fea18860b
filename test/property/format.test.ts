import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { formatSource } from '../../src/core/format/format-source.ts';
import { link } from '../../src/core/ir/link/link.ts';
import { canonicalJson } from '../../src/core/lib/canonical-json.ts';
import type { Source } from '../../src/core/source/source.ts';
import { loadSpec } from '../../src/core/spec/load.ts';
import { documents, mutated, seed } from './mutated-documents.ts';

const encoder = new TextEncoder();

function format(text: string) {
  return formatSource({ file: 'a.yaml', bytes: encoder.encode(text) });
}

/**
 * Reads a text by another implementation and returns its values with sorted keys. That implementation doesn't read a CR
 * alone as a line break, although YAML 1.2 (5.4) does.
 */
function values(text: string): string {
  const read = parseAllDocuments(text.replace(/\r\n?/g, '\n'), {
    version: '1.2',
    schema: 'core',
    logLevel: 'silent',
  });
  if (!Array.isArray(read)) return '[]';
  const isSound = read.every(({ errors }) => errors.length === 0);
  return isSound ? canonicalJson(read.map(valueOf)) : 'unreadable';
}

function valueOf(document: { toJS(): unknown }): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return String(error);
  }
}

/** Adds comments, each with its own text, at the ends of lines and between lines, if they don't change the values. */
function commented(text: string, places: readonly number[]): string {
  const before = values(text);
  return places.reduce((sofar, place, index) => {
    const lines = sofar.split('\n');
    const at = place % lines.length;
    const mark = `# mark-${String(index)}-`;
    const isOwn = place % 3 === 0;
    const indent = ' '.repeat(place % 7);
    lines.splice(at, isOwn ? 0 : 1, isOwn ? indent + mark : `${lines[at] ?? ''} ${mark}`);
    const changed = lines.join('\n');
    // The text may be inside of a scalar, where it is no comment.
    return before !== 'unreadable' && values(changed) === before ? changed : sofar;
  }, text);
}

function marks(text: string): readonly string[] {
  return [...text.matchAll(/# mark-\d+-/g)].map(([mark]) => mark).sort();
}

function withoutOrigins(value: unknown): string {
  return canonicalJson(
    value,
    new Set(['origin', 'origins', 'location', 'range', 'source', 'line', 'column']),
  );
}

/** Returns every file of a case as a source. */
function sourcesOf(folder: string): readonly Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml') && !/(^|\/)(case|golden)\b/.test(name))
    .sort()
    .map((file) => ({ file, bytes: readFileSync(`${folder}/${file}`) }));
}

describe('formatting', () => {
  it('keeps values and comments, and a second run changes nothing', () => {
    let changed = 0;
    const property = fc.property(mutated, fc.array(fc.nat(1e6), { maxLength: 8 }), (text, places) => {
      const written = text.toWellFormed();
      const marked = format(written).diagnostics.length > 0 ? written : commented(written, places);
      const { text: out, changed: isChanged, diagnostics } = format(marked);
      if (diagnostics.length > 0) {
        expect(out.toWellFormed()).toBe(marked);
        return;
      }
      if (isChanged) changed += 1;
      expect(values(out)).toBe(values(marked));
      expect(marks(out)).toEqual(marks(marked));
      expect(format(out)).toMatchObject({ changed: false, diagnostics: [] });
    });
    fc.assert(property, { numRuns: 1000, seed });
    expect(changed).toBeGreaterThan(250);
  });

  it('accepts documents in the style of any author', () => {
    const style = fc.record({
      indent: fc.integer({ min: 2, max: 5 }),
      indentSeq: fc.boolean(),
      lineWidth: fc.constantFrom(0, 30, 80),
      collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
      defaultStringType: fc.constantFrom(
        'PLAIN' as const,
        'QUOTE_DOUBLE' as const,
        'QUOTE_SINGLE' as const,
        'BLOCK_LITERAL' as const,
        'BLOCK_FOLDED' as const,
      ),
      defaultKeyType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const),
      flowCollectionPadding: fc.boolean(),
    });
    const places = fc.array(fc.nat(1e6), { maxLength: 8 });
    const chosen = fc.constantFrom(...documents);
    const property = fc.property(chosen, style, places, fc.nat(), (document, options, at, turn) => {
      const value = parse(document) as Readonly<Record<string, unknown>>;
      // A different order of the document's fields.
      const keys = Object.keys(value);
      const turned = [...keys.slice(turn % keys.length), ...keys.slice(0, turn % keys.length)];
      const text = stringify(Object.fromEntries(turned.map((key) => [key, value[key]])), options);
      // `yaml` writes some empty lists in a form that it can't read itself.
      fc.pre(values(text) !== 'unreadable');
      const marked = commented(text, at);
      const { text: out, diagnostics } = format(marked);
      expect(diagnostics).toEqual([]);
      expect(values(out)).toBe(values(marked));
      expect(marks(out)).toEqual(marks(marked));
      expect(format(out)).toMatchObject({ changed: false, diagnostics: [] });
      const order = Object.keys(parse(out) as object);
      expect(order).toEqual(['apiVersion', 'kind', 'metadata', 'spec'].filter((key) => keys.includes(key)));
    });
    fc.assert(property, { numRuns: 300, seed });
  });

  it('refuses no document that people write', () => {
    for (const document of documents) expect(format(document).diagnostics).toEqual([]);
  });

  it.each(readdirSync('fixtures/cases'))('leaves the mesh of %s what it is', (name) => {
    const before = sourcesOf(`fixtures/cases/${name}`);
    const after = before.map((source) => ({
      ...source,
      bytes: encoder.encode(formatSource(source).text),
    }));
    const [first, second] = [before, after].map((sources) => {
      const { spec, diagnostics } = loadSpec({ sources, unreadable: [] }, {});
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      return withoutOrigins(spec === undefined ? undefined : link(spec).ir);
    });
    expect(first).toBe(second);
    expect(first!.length).toBeGreaterThan(500);
  });
});
