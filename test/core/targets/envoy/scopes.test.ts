import { describe, expect, test } from 'vitest';
import { files } from '../../../../src/core/targets/files.ts';
import { filesOf, found, hostOf, linked, lower } from './lowered.ts';

function service(id: string, at: number, more = ''): string {
  const [namespace, name] = id.split('/');
  const host = `127.9.${String(at >> 8)}.${String(at & 255)}`;
  return `
---
kind: Service
metadata: {name: ${String(name)}, namespace: ${String(namespace)}}
spec:
  ports: {http: {port: 80}}
  endpoints: {default: [{app: "${host}:80", inbound: "${host}:15006", outbound: "127.0.0.1:${String(20000 + at)}", admin: "127.0.0.1:${String(40000 + at)}"}]}
${more}`;
}

function scopeNames(documents: string): readonly string[] {
  const paths = filesOf(lower(linked(documents))).map(({ path }) => path);
  return [...new Set(paths.flatMap((path) => /scopes\/([^/]+)\//.exec(path)?.[1] ?? []))].sort();
}

describe('proxies that share', () => {
  test('callers that declare no calls share one scope over all namespaces', () => {
    expect(scopeNames(service('a/one', 1) + service('b/two', 2))).toEqual(['_all']);
  });

  test("a namespace that an `exposeTo` names has its own scope; others don't know the service", () => {
    const documents = service('a/one', 1, '  exposeTo: [b]') + service('b/two', 2) + service('c/three', 3);
    expect(scopeNames(documents)).toEqual(['_all', 'a', 'b']);
    const artifacts = lower(linked(documents));
    expect(hostOf(found(artifacts, 'RouteConfiguration', 'outbound', 'scopes/b/'), 'one.a')).toBeDefined();
    expect(
      hostOf(found(artifacts, 'RouteConfiguration', 'outbound', 'scopes/_all/'), 'one.a'),
    ).toBeUndefined();
  });

  test('a caller with declared calls has only these', () => {
    const documents = service('a/one', 1, '  calls: [b/two]') + service('b/two', 2) + service('b/three', 3);
    const routes = found(lower(linked(documents)), 'RouteConfiguration', 'outbound', 'scopes/a.one/');
    expect(hostOf(routes, 'two.b')).toBeDefined();
    expect(hostOf(routes, 'three.b')).toBeUndefined();
  });
});

test('the output grows linearly with the mesh, not quadratically', () => {
  const size = (count: number): number => {
    const documents = Array.from({ length: count }, (_, i) =>
      service(`n${String(i % 10)}/s${String(i)}`, i + 1),
    ).join('');
    return files(lower(linked(documents))).reduce((sum, { text }) => sum + text.length, 0);
  };
  expect(size(200) / size(100)).toBeLessThan(2.1);
});
