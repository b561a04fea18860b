import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { understood } from '../../src/commands/load-mesh.ts';
import type { Diagnostic } from '../../src/core/diagnostics/diagnostic.ts';
import { editedText } from '../edited-text.ts';

const root = path.join(import.meta.dirname, '../../fixtures');
const catalogue = path.join(root, 'mistakes');

/** The Mesh that is added to files without one. */
const plainMesh =
  'apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: shop}\nspec: {trustDomain: shop.example, access: allow}\n';

const mistakes = readdirSync(catalogue).sort();

describe('a typical mistake gets the finding that its file expects', () => {
  it.each(mistakes)('%s', (file) => {
    const text = readFileSync(path.join(catalogue, file), 'utf8');
    expect(findings(text).flatMap(shown)).toEqual(expected(text));
  });
});

describe('each fix removes its finding and causes no other', () => {
  it.each(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /^(?:mistakes|analyzers)\/.*\.yaml$/.test(file))
      .sort(),
  )('%s', (file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const before = counts(findings(text));
    for (const { fix, code } of findings(text)) {
      if (fix === undefined) continue;
      const after = counts(findings(editedText(text, fix.edits)));
      expect(after.get(code) ?? 0, code).toBeLessThan(before.get(code) ?? 0);
      expect([...after].filter(([other, count]) => count > (before.get(other) ?? 0))).toEqual([]);
    }
  });
});

/** Returns the first lines of a file, which say what is found in it: `# expect …`, and `# fix …` if there is a fix. */
function expected(text: string): readonly string[] {
  const [header = ''] = /^(?:# (?:expect|fix) .*\n)*/.exec(text) ?? [];
  const lines = header.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^# expect /);
  return lines;
}

function shown({ code, severity, message, location: { range }, fix }: Diagnostic): readonly string[] {
  const place = `${String(range.start.line)}:${String(range.start.column)}`;
  const line = `# expect ${place} ${severity} ${code} ${message}`;
  return fix === undefined ? [line] : [line, `# fix ${fix.title}`];
}

function findings(text: string): readonly Diagnostic[] {
  const ownMesh = /^kind: Mesh$/m.test(text);
  const encoder = new TextEncoder();
  const sources = [{ file: ownMesh ? 'mesh.yaml' : 'mistake.yaml', bytes: encoder.encode(text) }];
  if (!ownMesh) sources.push({ file: 'mesh.yaml', bytes: encoder.encode(plainMesh) });
  return understood({ sources, unreadable: [] }, undefined, { today: '2026-01-01' }).diagnostics;
}

/** Returns the number of findings of each code: a fix may move other findings to other lines. */
function counts(list: readonly Diagnostic[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { code } of list) found.set(code, (found.get(code) ?? 0) + 1);
  return found;
}
