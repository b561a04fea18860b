import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

const mesh = `type: Mesh
name: default
mtls: {enabledBackend: ca, backends: [{name: ca, type: builtin}]}
---
`;
const services = ['books', 'web', 'evil']
  .map(
    (name) => `type: Dataplane
name: ${name}-1
mesh: default
networking:
  address: 192.0.2.1
  inbound: [{port: 80, servicePort: 8080, tags: {kuma.io/service: ${name}, kuma.io/protocol: http}}]
---
`,
  )
  .join('');

function permission(spec: string): string {
  return `type: MeshTrafficPermission
name: p
mesh: default
spec: ${spec}
---
`;
}

const call = (from: string, to = 'default/books') => ({ from: `default/${from}`, to });

test('without a permission nobody is let in', async () => {
  const { outcome } = await askedImport('kuma', mesh + services);
  expect(outcome(call('web'))).toBe('refused');
});

test('a permission by the service tag lets in its callers alone', async () => {
  const { outcome } = await askedImport(
    'kuma',
    mesh +
      services +
      permission(
        '{targetRef: {kind: MeshSubset, tags: {kuma.io/service: books}}, from: [{targetRef: {kind: MeshSubset, tags: {kuma.io/service: web}}, default: {action: Allow}}]}',
      ),
  );
  expect(outcome(call('web'))).toBe('forwarded');
  expect(outcome(call('evil'))).toBe('refused');
  expect(outcome(call('web', 'default/evil'))).toBe('refused');
});

test('a permission for the whole mesh holds for services of all Dataplanes', async () => {
  const { outcome } = await askedImport(
    'kuma',
    mesh +
      services +
      permission('{targetRef: {kind: Mesh}, from: [{targetRef: {kind: Mesh}, default: {action: Allow}}]}'),
  );
  expect(outcome(call('evil'))).toBe('forwarded');
});

test('a mesh without identities is open', async () => {
  const { outcome } = await askedImport('kuma', `type: Mesh\nname: default\n---\n${services}`);
  expect(outcome(call('evil'))).toBe('forwarded');
});

test('a resource of another mesh is refused', async () => {
  const other = permission('{targetRef: {kind: Mesh}}').replace('mesh: default', 'mesh: other');
  const { codes } = await askedImport('kuma', mesh + services + other);
  expect(codes).toContain('MESH7008');
});

test('an unknown field of a resource is not accounted for', async () => {
  const { codes } = await askedImport('kuma', `${mesh}type: MeshService\nname: a\nspec: {brandnew: 1}\n`);
  expect(codes).toContain('MESH7000');
});
