import { describe, expect, test } from 'vitest';
import { LspClient } from './lsp-client.ts';
import { Repository } from './repository.ts';

const mesh = `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  access: allow
  targets:
    cluster:
      platform: istio
`;

const services = `apiVersion: mesh/v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  ports: {http: {port: 80}}
  versions: {v1: {}, v2: {}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports: {http: {port: 80}}
  calls: [reviews]
`;

const route = `apiVersion: mesh/v1
kind: Route
metadata: {name: reviews, namespace: shop}
spec:
  service: reviews
  rules:
    - backends:
        - version: v1
          weight: 90
        - service: shop/reviews
          version: v2
          weight: 10
`;

async function conversation(): Promise<LspClient> {
  const { root } = new Repository({
    'mesh.yaml': mesh,
    'services.yaml': services,
    'routes/route.yaml': route,
  });
  const client = new LspClient(root);
  await client.initialize();
  return client;
}

describe('mesh lsp', () => {
  test('shows findings of the whole mesh, with texts of the editor over files', async () => {
    const client = await conversation();
    const clean = client.findings('routes/route.yaml');
    const broken = route.replace('service: shop/reviews', 'service: shop/revews');
    const shown = await client.open('routes/route.yaml', broken);
    expect(shown).toMatchObject([
      { code: 'MESH2000', severity: 1, source: 'mesh', range: { start: { line: 9, character: 19 } } },
    ]);
    expect(await clean).toEqual(shown);
    const gone = client.findings('routes/route.yaml', (list) => list.length === 0);
    client.change('routes/route.yaml', route, 2);
    expect(await gone).toEqual([]);
    // A change of another file makes findings in this one; the file on the disk stays.
    const elsewhere = client.findings('routes/route.yaml', (list) => list.length > 0);
    void client.open('services.yaml', services.replace('v2: {}', 'v3: {}'));
    expect((await elsewhere).map(({ code }) => code)).toContain('MESH2015');
  });

  test('goes to the definition of a service, a version and a namespace', async () => {
    const client = await conversation();
    const uri = client.uri('services.yaml');
    const start = (line: number, character: number) => [{ uri, range: { start: { line, character } } }];
    expect(await client.at('definition', 'routes/route.yaml', [4, 13])).toMatchObject(start(2, 17));
    expect(await client.at('definition', 'routes/route.yaml', [7, 19])).toMatchObject(start(5, 13));
    expect(await client.at('definition', 'routes/route.yaml', [9, 25])).toMatchObject(start(2, 17));
    const namespaces = (await client.at('definition', 'routes/route.yaml', [9, 20])) as object[];
    expect(namespaces).toHaveLength(3);
    expect(await client.at('definition', 'routes/route.yaml', [0, 3])).toEqual([]);
  });

  test('renames a service in every file, and refuses a name that is taken or none', async () => {
    const client = await conversation();
    expect(await client.at('prepareRename', 'services.yaml', [2, 20])).toEqual({
      start: { line: 2, character: 17 },
      end: { line: 2, character: 24 },
    });
    const { changes } = (await client.at('rename', 'services.yaml', [2, 20], { newName: 'ratings' })) as {
      changes: Record<string, { range: { start: object }; newText: string }[]>;
    };
    const places = Object.entries(changes).flatMap(([uri, edits]) =>
      edits.map(({ range, newText }) => ({ uri, start: range.start, newText })),
    );
    const at = (file: string, line: number, character: number) => ({
      uri: client.uri(file),
      start: { line, character },
      newText: 'ratings',
    });
    expect(places).toHaveLength(4);
    expect(places).toEqual(
      expect.arrayContaining([
        at('services.yaml', 2, 17),
        at('services.yaml', 12, 10),
        at('routes/route.yaml', 4, 11),
        at('routes/route.yaml', 9, 24),
      ]),
    );
    const rename = (newName: string) => client.at('rename', 'services.yaml', [2, 20], { newName });
    await expect(rename('web')).rejects.toThrow('there is a service shop/web already');
    await expect(rename('Reviews')).rejects.toThrow('no DNS label');
  });

  test('renames a version where it is defined and used', async () => {
    const client = await conversation();
    const { changes } = (await client.at('rename', 'routes/route.yaml', [10, 20], { newName: 'next' })) as {
      changes: Record<string, object[]>;
    };
    expect(Object.keys(changes).sort()).toEqual([
      client.uri('routes/route.yaml'),
      client.uri('services.yaml'),
    ]);
  });

  test('says on hover what explain says', async () => {
    const client = await conversation();
    const { contents } = (await client.at('hover', 'routes/route.yaml', [8, 12])) as {
      contents: { value: string };
    };
    expect(contents.value).toContain('**Route.spec.rules.backends.weight** `integer`');
    expect(contents.value).toContain('Its share, relative to the weights beside it');
    const name = (await client.at('hover', 'routes/route.yaml', [4, 13])) as { contents: { value: string } };
    expect(name.contents.value).toContain('service `shop/reviews`: services.yaml:3');
  });

  test('explains a finding on hover and fixes it', async () => {
    const client = await conversation();
    await client.open('routes/route.yaml', route.replace('weight: 90', 'wieght: 90'));
    const hover = (await client.at('hover', 'routes/route.yaml', [8, 12])) as { contents: { value: string } };
    expect(hover.contents.value).toContain('**MESH1100** Nothing in the language has this name here.');
    const range = { start: { line: 8, character: 12 }, end: { line: 8, character: 12 } };
    const actions = await client.request('textDocument/codeAction', {
      textDocument: { uri: client.uri('routes/route.yaml') },
      range,
      context: { diagnostics: [] },
    });
    expect(actions).toMatchObject([
      {
        title: 'replace by weight',
        kind: 'quickfix',
        edit: { changes: { [client.uri('routes/route.yaml')]: [{ newText: 'weight' }] } },
      },
    ]);
  });

  test.each<[string, string, string, readonly string[]]>([
    ['fields', 'routes/route.yaml', `${route}      ti`, ['timeout', 'retries']],
    ['words in a list', 'routes/route.yaml', `${route}      retries: {attempts: 2, on: [`, ['reset', '5xx']],
    ['services', 'routes/route.yaml', `${route}        - service: `, ['reviews', 'web']],
    ['versions', 'routes/route.yaml', `${route}        - version: `, ['v1', 'v2']],
    [
      'callers',
      'a.yaml',
      'apiVersion: mesh/v1\nkind: Access\nmetadata: {name: a, namespace: shop}\nspec:\n  rules:\n    - allow:\n        from: [',
      ['web', 'reviews'],
    ],
    ['kinds', 'a.yaml', 'apiVersion: mesh/v1\nkind: ', ['Service', 'Guardrail']],
    [
      'a second document',
      'services.yaml',
      `${services}---\napiVersion: mesh/v1\nkind: Service\nmetadata: {name: x}\nspec:\n  ports:\n    web: {port: 80, protocol: `,
      ['grpc', 'postgres'],
    ],
    ['options of the platform', 'mesh.yaml', `${mesh}      options:\n        `, ['mode', 'rootNamespace']],
    ['words of an option', 'mesh.yaml', `${mesh}      options:\n        mode: `, ['sidecar', 'ambient']],
  ])('completes %s', async (_, file, text, words) => {
    const client = await conversation();
    await client.open(file, text);
    const lines = text.split('\n');
    const items = (await client.at('completion', file, [lines.length - 1, lines.at(-1)!.length])) as {
      label: string;
    }[];
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining([...words]));
  });

  test('ends at the end of input, within a conversation', async () => {
    const client = await conversation();
    client.end();
    expect(await client.ended).toBe(0);
    expect(client.errors).toBe('');
  });

  test.each([
    ['an end within a message', 'Content-Length: 100\r\n\r\n{}', 'the input ends within a message'],
    ['an end within a header', 'Content-Len', 'the input ends within a message'],
  ])('ends with an error at %s', async (_, text, says) => {
    const client = await conversation();
    client.write(text);
    client.end();
    expect(await client.ended).toBe(1);
    expect(client.errors).toContain(`mesh: ${says}`);
  });

  test.each([
    ['a word', 'Content-Length: abc\r\n\r\n', 'the Content-Length "abc" is no number of bytes'],
    ['a negative number', 'Content-Length: -5\r\n\r\n', 'the Content-Length "-5" is no number of bytes'],
    ['a number with a word', 'Content-Length: 5x\r\n\r\n', 'the Content-Length "5x" is no number of bytes'],
    ['nothing', 'Content-Type: a\r\n\r\n', 'a header has no Content-Length'],
    ['too much', 'Content-Length: 99999999999\r\n\r\n', 'a message is longer than 256 MiB'],
    ['no header', 'x'.repeat(9000), 'a header is longer than 8 KiB'],
  ])('ends with an error after a length that is %s', async (_, text, says) => {
    const client = await conversation();
    client.write(text);
    expect(await client.ended).toBe(1);
    expect(client.errors).toContain(`mesh: ${says}`);
  });

  test('answers a message that is no JSON, and goes on', async () => {
    const client = await conversation();
    const stray = client.stray();
    client.write('Content-Length: 5\r\n\r\n{"a":');
    expect(await stray).toMatchObject({ id: null, error: { code: -32700 } });
    expect(await client.at('hover', 'mesh.yaml', [0, 0])).not.toBeNull();
  });

  test.each<[string, string, object]>([
    ['a URI that is a number', 'hover', { textDocument: { uri: 7 }, position: { line: 0, character: 0 } }],
    ['no document', 'definition', { position: { line: 0, character: 0 } }],
    [
      'a file of another machine',
      'references',
      { textDocument: { uri: 'file://there/a' }, position: { line: 0, character: 0 } },
    ],
    ['no position', 'completion', { textDocument: { uri: 'file:///a' } }],
    [
      'a negative line',
      'prepareRename',
      { textDocument: { uri: 'file:///a' }, position: { line: -1, character: 0 } },
    ],
    [
      'no new name',
      'rename',
      { textDocument: { uri: 'file:///a' }, position: { line: 0, character: 0 }, newName: 3 },
    ],
    ['no range', 'codeAction', { textDocument: { uri: 'file:///a' }, range: 1 }],
  ])('refuses parameters with %s as invalid', async (_, method, params) => {
    const client = await conversation();
    await expect(client.request(`textDocument/${method}`, params)).rejects.toMatchObject({ code: -32602 });
  });

  test('ends with the conversation and prints nothing', async () => {
    const client = await conversation();
    await client.request('shutdown', null);
    client.notify('exit', undefined);
    expect(await client.ended).toBe(0);
    expect(client.errors).toBe('');
  });
});
