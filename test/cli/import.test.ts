import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { nativeReviews } from './native-reviews.ts';
import { Repository } from './repository.ts';

const verifiable = {
  'mesh.yaml': `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  targets: {cluster: {platform: istio}, other: {platform: envoy}}
`,
  'shop.yaml': `apiVersion: mesh/v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec: {ports: {http: {port: 80}}, calls: []}
---
apiVersion: mesh/v1
kind: Access
metadata: {name: reviews, namespace: shop}
spec: {service: reviews, rules: [{allow: {from: [{namespace: shop}], to: [{paths: [{prefix: /api}]}]}}]}
`,
};

describe('mesh compile --verify', () => {
  test('writes an output that is proved to mean what the spec means', () => {
    const repository = new Repository(verifiable);
    const run = repository.mesh(['compile', '--verify', '--target', 'cluster', '--out', 'out']);
    expect(run, run.error).toMatchObject({ code: 0 });
    expect(run.error).toContain(
      'verified cluster: the output decides every request as the spec does (proved)',
    );
    expect(existsSync(path.join(repository.root, 'out/cluster/index.json'))).toBe(true);
  });

  test('proves the files of Envoys, too', () => {
    const repository = new Repository(verifiable);
    const run = repository.mesh(['compile', '--verify', '--target', 'other', '--out', 'out']);
    expect(run, run.error).toMatchObject({ code: 0 });
    expect(run.error).toContain('verified other: the output decides every request');
  });

  test('names the place in the files of what is not proved', () => {
    const repository = new Repository({
      ...verifiable,
      'mesh.yaml': `${verifiable['mesh.yaml']}  telemetry: {accessLog: {output: stdout}}\n`,
      'shop.yaml': verifiable['shop.yaml'].replace(
        'calls: []}',
        'calls: [], endpoints: {default: [{app: "127.0.0.1:8080", inbound: "127.0.0.1:8081", admin: "127.0.0.1:8082"}]}}',
      ),
    });
    const run = repository.mesh(['compile', '--verify', '--target', 'other', '--out', 'out']);
    expect(run.code).toBe(3);
    expect(run.error).toMatch(/ {2}! other\/\S+\.json:\d+:\d+ \S/);
    expect(run.error).toMatch(/not read back: other\/\S+\.json/);
  });

  test('writes nothing for a target whose output is not proved', () => {
    const repository = new Repository({
      ...verifiable,
      'shop.yaml': verifiable['shop.yaml'].replace('calls: []', 'calls: [bank]'),
      'bank.yaml': `apiVersion: mesh/v1
kind: External
metadata: {name: bank, namespace: shop}
spec: {hosts: [bank.example], ports: {https: {port: 443, protocol: tls}}}
`,
    });
    const run = repository.mesh(['compile', '--verify', '--target', 'other', '--out', 'out']);
    expect(run.code).toBe(3);
    expect(run.error).toContain('not verified other: the output, read back, is not proved to mean the same');
    expect(existsSync(path.join(repository.root, 'out'))).toBe(false);
  });
});

describe('mesh import', () => {
  test('writes a mesh that validates and is formatted, and says what it read', () => {
    const repository = new Repository({ 'k8s/shop.yaml': nativeReviews });
    const run = repository.mesh(['import', 'k8s', '--from', 'kubernetes', '--out', 'mesh']);
    expect(run, run.error).toMatchObject({ code: 0, error: '' });
    expect(run.out).toContain('read 2 objects of kubernetes');
    expect(run.out).toContain('wrote mesh/mesh.yaml, mesh/shop/reviews.yaml');
    const service = readFileSync(path.join(repository.root, 'mesh/shop/reviews.yaml'), 'utf8');
    expect(service).toBe(
      '# from k8s/shop.yaml:1:1\napiVersion: mesh/v1\nkind: Service\nmetadata: {name: reviews, namespace: shop}\nspec:\n  ports: {http: {port: 80}}\n',
    );
    expect(repository.mesh(['validate', '--root', 'mesh', '--fail-on', 'warning'])).toMatchObject({
      code: 0,
    });
    expect(repository.mesh(['fmt', '--check', '--root', 'mesh'])).toMatchObject({ code: 0 });
  });

  test('overwrites nothing: exits with 1, names the files, and writes none', () => {
    const repository = new Repository({ 'k8s/shop.yaml': nativeReviews, 'shop/reviews.yaml': 'mine' });
    const run = repository.mesh(['import', 'k8s', '--from', 'kubernetes']);
    expect(run.code).toBe(1);
    expect(run.error).toContain('these files are there: shop/reviews.yaml');
    expect(existsSync(path.join(repository.root, 'mesh.yaml'))).toBe(false);
    expect(readFileSync(path.join(repository.root, 'shop/reviews.yaml'), 'utf8')).toBe('mine');
  });

  test('names in the input lead to no file outside of the folder', () => {
    const hostile = nativeReviews.replace(/shop/g, '"../../out"').replace('name: reviews', 'name: ../x');
    const repository = new Repository({ 'k8s/shop.yaml': hostile });
    const run = repository.mesh(['import', 'k8s', '--from', 'kubernetes', '--out', 'a/b']);
    expect(run.code).toBe(3);
    expect(run.error).toContain('MESH7008');
    expect(existsSync(path.join(repository.root, 'out'))).toBe(false);
    expect(existsSync(path.join(repository.root, 'a/b/mesh.yaml'))).toBe(true);
  });

  test('an unknown field fails with its place', () => {
    const repository = new Repository({
      'k8s/shop.yaml': nativeReviews.replace('ports:', 'portz: 1, ports:'),
    });
    const run = repository.mesh(['import', 'k8s', '--from', 'kubernetes', '--out', 'mesh']);
    expect(run.code).toBe(3);
    expect(run.error).toContain('k8s/shop.yaml:4:');
    expect(run.error).toContain('spec.portz of Service shop/reviews is not accounted for');
  });

  test.each([
    [['import', 'k8s'], '--from has to name the platform: kubernetes'],
    [['import', 'k8s', '--from', 'kubernets'], 'Allowed choices are kubernetes, envoy, istio, '],
    [['import', '--from', 'kubernetes'], 'needs files or folders to read, or --context'],
    [['import', 'k8s', '--from', 'kubernetes', '-n', 'shop'], 'so it needs --context'],
    [['import', 'empty', '--from', 'kubernetes'], 'no YAML or JSON file in empty'],
    [
      ['import', 'blank', '--from', 'istio', '--out', 'new'],
      'no object in blank is one that the import of istio reads',
    ],
    [
      ['import', 'other', '--from', 'istio', '--out', 'new'],
      'no object in other is one that the import of istio reads',
    ],
  ])('%j is a usage error', (args, message) => {
    const foreign = 'apiVersion: example.org/v1\nkind: Other\nmetadata: {name: other}\n';
    const repository = new Repository({
      'k8s/shop.yaml': nativeReviews,
      'empty/README': '',
      'blank/a.yaml': '\n',
      'other/a.yaml': foreign,
    });
    const run = repository.mesh(args);
    expect(run.code).toBe(64);
    expect(existsSync(path.join(repository.root, 'new'))).toBe(false);
    expect(run.error).toContain(message);
  });

  test('a missing folder is named', () => {
    const run = new Repository({}).mesh(['import', 'nowhere', '--from', 'kubernetes']);
    expect(run).toMatchObject({ code: 1 });
    expect(run.error).toContain("nowhere can't be read (ENOENT)");
  });
});
