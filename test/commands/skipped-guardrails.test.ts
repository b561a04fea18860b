import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { understood } from '../../src/commands/load-mesh.ts';

test('a command that reports no Guardrails proves none, and finds everything else', () => {
  const file = new URL('../../fixtures/analyzers/guardrail/invalid-validations.yaml', import.meta.url);
  const text = `${readFileSync(file, 'utf8')}---\napiVersion: mesh/v1\nkind: Access\nmetadata: {name: old, namespace: shop}\nspec: {service: old, rules: [{allow: {from: [web]}}, {deny: {from: [{anyone: true}]}}]}\n`;
  const sources = {
    sources: [{ file: 'mesh.yaml', bytes: new TextEncoder().encode(text) }],
    unreadable: [],
  };
  const codes = (skipsGuardrails: boolean): readonly string[] =>
    understood(sources, undefined, { today: '2026-06-15', skipsGuardrails }).diagnostics.map(
      ({ code }) => code,
    );
  expect(codes(false)).toEqual(expect.arrayContaining(['MESH3110', 'MESH2094']));
  const fewer = codes(true);
  expect(fewer).toContain('MESH2094');
  expect(fewer.filter((code) => code.startsWith('MESH31'))).toEqual([]);
});
