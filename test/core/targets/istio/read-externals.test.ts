import { expect, test } from 'vitest';
import { checkWritten, importTexts } from '../../import/import-case.ts';

function entry(name: string, ports: string, more = ''): string {
  return `{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: ${name}, namespace: shop}, spec: {hosts: [${name}.example], ports: [${ports}]${more}}}\n---\n`;
}

async function imported(native: string) {
  const result = await importTexts('istio', { 'mesh.yaml': native });
  const codes = result.diagnostics.map(({ code }) => code);
  return { codes, errors: checkWritten(result).errors, files: result.files };
}

// The language tells connections of bytes apart by their addresses; Istio takes every connection to the port.
test('a port of bytes of a host without addresses is left out, with a warning', async () => {
  const ports = '{number: 80, name: http, protocol: HTTP}, {number: 3306, name: db, protocol: TCP}';
  const bare = await imported(entry('data', ports));
  expect(bare.errors).toEqual([]);
  expect(bare.codes).toContain('MESH7004');
  const placed = await imported(entry('data', ports, ', addresses: [10.1.2.3]'));
  expect(placed.codes).toEqual([]);
  expect(placed.files.map(({ text }) => text).join('')).toContain('3306');
});

test('subsets of a host outside of the mesh are no versions', async () => {
  const native = `${entry('data', '{number: 80, name: http, protocol: HTTP}')}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: data, namespace: shop}
spec:
  hosts: [data.example]
  http: [{route: [{destination: {host: data.example, subset: v1}, weight: 100}]}]
`;
  const { codes, errors } = await imported(native);
  expect(errors).toEqual([]);
  expect(codes).toContain('MESH7005');
});
