import { describe, expect, test } from 'vitest';
import { documentName } from '../../../src/core/import/native-document.ts';
import { nativeFiles } from '../../../src/core/import/native-files.ts';
import { parseSource } from '../../../src/core/source/parse.ts';

const read = (file: string, text: string) => nativeFiles([{ file, bytes: new TextEncoder().encode(text) }]);

describe('native files', () => {
  test('the items of a list are documents, in any kind of list', () => {
    const { documents } = read(
      'a.yaml',
      'kind: ServiceList\nitems: [{kind: Service, metadata: {name: a, namespace: b}}, {kind: Pod}]',
    );
    expect(documents.map(documentName)).toEqual(['Service b/a', 'Pod']);
  });

  test('items of a typed list without a kind have that of the list, as the API sends them', () => {
    const { documents } = read(
      'a.json',
      '{"kind": "AuthorizationPolicyList", "apiVersion": "security.istio.io/v1", "items": [{"metadata": {"name": "a"}}]}',
    );
    expect(documents.map(({ group, kind, name }) => [group, kind, name])).toEqual([
      ['security.istio.io', 'AuthorizationPolicy', 'a'],
    ]);
  });

  // kubectl takes these (its parser asks for no indentation inside of brackets), YAML 1.2 does not; see spire-quickstart.yaml of Istio.
  test('lines inside of brackets need no indentation, and places stay right', () => {
    const text = [
      'kind: Pod',
      'spec:',
      '  containers:',
      '    - name: a',
      '      args: [',
      '        "-a", "b",',
      '      ]',
      '      env: {',
      '  one: 1,',
      '      }',
      '      image: 7',
      '',
    ].join('\n');
    const { documents, diagnostics } = read('a.yaml', text);
    expect(diagnostics).toEqual([]);
    const container = documents[0]?.root.along('spec', 'containers').item(0);
    expect(container?.value).toEqual({ name: 'a', args: ['-a', 'b'], env: { one: 1 }, image: 7 });
    expect(container?.at('image').location.range.start).toMatchObject({ line: 11, column: 14 });
    expect(container?.along('env', 'one').location.range.start.line).toBe(9);
    const own = parseSource({ file: 'mesh.yaml', bytes: new TextEncoder().encode(text) });
    expect(own.diagnostics.map(({ code }) => code)).toEqual(['MESH1003']);
    const commented = read('a.yaml', text.replace('"b",', '"b", # two'));
    expect(commented.refused).toBe(1);
  });

  test('documents of other forms than objects of Kubernetes are named by their own type and name', () => {
    const { documents } = read(
      'a.yaml',
      'type: MeshTimeout\nname: slow\n---\nKind: service-router\nName: web\n---\na: 1',
    );
    expect(documents.map(documentName)).toEqual(['MeshTimeout slow', 'document web', 'document']);
  });

  test('the items of a list in a list are documents', () => {
    const inner = 'kind: List, items: [{kind: Service, metadata: {name: a, namespace: b}}]';
    const { documents } = read('a.yaml', `kind: List\nitems: [{${inner}}, {kind: Pod}]`);
    expect(documents.map(documentName)).toEqual(['Service b/a', 'Pod']);
  });

  test('JSON with tabs is read', () => {
    const { documents, diagnostics } = read('a.json', '{\n\t"kind": "Mesh"\n}');
    expect(documents.map(({ kind }) => kind)).toEqual(['Mesh']);
    expect(diagnostics).toEqual([]);
  });

  // kubectl reads a stream of JSON, such as jq and `kubectl get -o json` in a loop write.
  test('objects of JSON in a row are documents, at their places', () => {
    const text =
      '{"kind": "A", "metadata": {"name": "}{"}}\n{\n  "kind": "B"}{"kind": "C"}\n---\n{"kind": "D"}\n';
    for (const file of ['a.json', 'a.yaml']) {
      const { documents, diagnostics, refused } = read(file, text);
      expect(documents.map(({ kind }) => kind)).toEqual(['A', 'B', 'C', 'D']);
      expect(documents[0]?.name).toBe('}{');
      expect(documents.map(({ root }) => root.at('kind').location.range.start)).toMatchObject([
        { line: 1, column: 10 },
        { line: 3, column: 11 },
        { line: 3, column: 24 },
        { line: 5, column: 10 },
      ]);
      expect(diagnostics).toEqual([]);
      expect(refused).toBe(0);
    }
    const own = parseSource({ file: 'mesh.yaml', bytes: new TextEncoder().encode(text) });
    expect(own.diagnostics.map(({ code }) => code)).toContain('MESH1003');
  });

  test.each([
    ['{"kind": "A"}\n{"kind": "B" "name": 1}\n{"kind": "C"}', 2],
    ['{"kind": "A"}\n{"kind": "B"}\n{"kind": "C",\n', 3],
    ['{"kind": "A"}\n{"kind": "B"}\nkind: C\n', 2],
    ['{"kind": "A"}, {"kind": "B"}\n', 1],
  ])('a mistake in %j, objects of JSON in a row, is an error there', (text, line) => {
    const { documents, diagnostics, refused } = read('a.json', text);
    expect(documents).toEqual([]);
    expect(diagnostics[0]).toMatchObject({ code: 'MESH1003', severity: 'error' });
    expect(diagnostics[0]?.location.range.start.line).toBe(line);
    expect(refused).toBe(1);
  });

  test('documents after a broken one of the same file are read', () => {
    const { documents, diagnostics, refused } = read('a.yaml', 'kind: A\nkind: B\n---\nkind: C');
    expect(documents.map(({ kind }) => kind)).toEqual(['C']);
    expect(diagnostics.map(({ code }) => code)).toEqual(['MESH1006']);
    expect(refused).toBe(1);
  });

  test.each([
    ['a template', '{{ if .Values.x }}\nkind: A\n{{ end }}'],
    ['a list', '- a\n- b'],
    ['a text', 'hello'],
    ['binary data', '\u0000\u0001'],
  ])('%s is refused with an error', (_name, text) => {
    const { documents, diagnostics, refused } = read('a.yaml', text);
    expect(documents).toEqual([]);
    expect(refused).toBe(1);
    expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  });

  test.each([
    [
      'of Kubernetes is named',
      'info',
      'MESH1064',
      0,
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: {{ .Release.Name }}-web}\n{{- if .x }}\nspec: {}\n{{- end }}\n',
    ],
    [
      'of a mesh is refused',
      'error',
      'MESH1063',
      1,
      'apiVersion: v1\nkind: Service\n---\n{{- if .x }}\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\n{{- end }}\n',
    ],
    [
      'of unknown objects is refused',
      'error',
      'MESH1063',
      1,
      'apiVersion: {{ include "version" . }}\nkind: {{ .kind }}\n',
    ],
  ])('a template %s, with one finding', (_name, severity, code, count, text) => {
    const { diagnostics, refused } = read('a.yaml', text);
    expect(diagnostics.map((one) => [one.severity, one.code])).toEqual([[severity, code]]);
    expect(refused).toBe(count);
  });

  test('objects beside a template in one file are read', () => {
    const { documents } = read('a.yaml', 'kind: A\n---\nkind: B\nname: {{ .x }}\n');
    expect(documents.map(({ kind }) => kind)).toEqual(['A']);
  });

  test('an empty document is neither read nor refused', () => {
    expect(read('a.yaml', '---\n# nothing\n---\n')).toMatchObject({
      documents: [],
      refused: 0,
      diagnostics: [],
    });
  });
});
