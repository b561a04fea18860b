import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { ObjectArtifact } from '../../../src/core/targets/artifact.ts';
import { files } from '../../../src/core/targets/files.ts';

const object = (kind: string, namespace: string, name: string, line = 1): ObjectArtifact => ({
  type: 'object',
  kind,
  namespace,
  name,
  origins: [{ file: 'a.yaml', line, column: 1 }],
  manifest: { kind, metadata: { name, namespace } },
});

test('objects are documents of a file for each namespace and kind, sorted by name, in any order of input', () => {
  const objects = [
    object('VirtualService', 'shop', 'b', 3),
    object('VirtualService', 'shop', 'a', 2),
    object('Gateway', 'shop', 'a'),
    object('VirtualService', 'ops', 'a'),
    object('Namespace', '', 'shop'),
  ];
  const written = files(objects);
  expect(written.map(({ path }) => path)).toEqual([
    'manifests/_cluster/namespace.yaml',
    'manifests/ops/virtualservice.yaml',
    'manifests/shop/gateway.yaml',
    'manifests/shop/virtualservice.yaml',
  ]);
  const last = written.at(-1)!;
  expect(parseAllDocuments(last.text).map((document): unknown => document.toJS())).toEqual([
    { kind: 'VirtualService', metadata: { name: 'a', namespace: 'shop' } },
    { kind: 'VirtualService', metadata: { name: 'b', namespace: 'shop' } },
  ]);
  expect(files(objects.toReversed())).toEqual(written);
});
