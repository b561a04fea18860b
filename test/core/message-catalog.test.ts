import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/core/message-catalog.ts';

const core = fileURLToPath(new URL('../../src/core/', import.meta.url));

/** The codes that the sources of the core declare, as written; targets have their own messages. */
const declared = readdirSync(core, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/^targets[\\/][^\\/]+[\\/]/.test(file))
  .flatMap((file) => [...readFileSync(core + file, 'utf8').matchAll(/^ {2}(MESH\d{4}): \{$/gm)])
  .map(([, code]) => code);

describe('the catalog', () => {
  it('has every code that is declared, each declared once', () => {
    expect(declared.length).toBeGreaterThan(60);
    expect(declared.filter((code, index) => declared.indexOf(code) !== index)).toEqual([]);
    expect([...catalog.keys()]).toEqual([...declared].sort());
  });

  it.each([...catalog])('%s has a text and says what to do', (_, { text, explanation }) => {
    expect(text.length).toBeGreaterThan(10);
    expect(explanation.length).toBeGreaterThan(60);
    expect(explanation).toMatch(/[.)]$/);
  });
});
