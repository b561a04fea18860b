import { describe, expect, test } from 'vitest';
import { importMesh } from '../../../src/core/import/import-mesh.ts';
import kubernetes from '../../../src/core/import/kubernetes/index.ts';
import { importHtml } from '../../../src/ui/import/import-html.ts';
import { importMarkdown } from '../../../src/ui/import/import-markdown.ts';
import { importText } from '../../../src/ui/import/import-text.ts';
import { palette } from '../../../src/ui/palette.ts';

const text = `apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  selector: {app: reviews}
  "<b>|": 1
  ports: [{name: http, port: 80}, {port: 53, protocol: UDP}]
`;

function result() {
  const sources = [{ file: 'a.yaml', bytes: new TextEncoder().encode(text) }];
  const imported = importMesh(sources, kubernetes, { meshName: 'shop' });
  return { from: 'kubernetes', imported, native: imported.diagnostics, written: [], folder: '' };
}

describe('the report of an import', () => {
  test('counts every leaf field once', () => {
    const shown = importText(result(), palette(false), 80);
    expect(shown).toContain('read 1 object of kubernetes with 10 fields');
    // apiVersion, kind, name, namespace, name and port of http; the label; the unknown field; port and protocol of UDP.
    for (const row of ['6 carried\n', '1 carried differently', '2 lost', '1 not accounted for'])
      expect(shown).toContain(row);
  });

  test('in Markdown names each finding with its line, the errors first', () => {
    const shown = importMarkdown(result());
    const rows = shown.split('\n').filter((line) => /MESH\d{4}/.test(line));
    expect(rows.map((row) => /MESH\d{4}/.exec(row)?.[0])).toEqual(['MESH7000', 'MESH7005', 'MESH7006']);
    expect(rows[0]).toContain('<code>a.yaml:6</code>');
    expect(rows[0]).not.toContain('<b>');
  });

  test('in HTML has no markup of the input', () => {
    const shown = importHtml(result());
    expect(shown).toContain('<code>a.yaml:6</code>');
    expect(shown).not.toContain('<b>');
    expect(shown).not.toContain('<script');
  });
});
