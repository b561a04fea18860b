import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { gitFiles } from '../../../../src/core/outputs/git/git-files.ts';
import type { Rendering } from '../../../../src/core/outputs/git/rendered-objects.ts';
import type { Json, ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import gatewayApi from '../../../../src/core/targets/gateway-api/index.ts';
import { origin } from '../../semantics/mesh.ts';

const plain: Rendering = { layout: 'objects', syncWaves: false };

function object(
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
  spec: Json = {},
): ObjectArtifact {
  const manifest = { apiVersion, kind, metadata: { name, namespace }, spec };
  return { type: 'object', kind, name, namespace, origins: [origin], manifest };
}

const route = object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'shop', 'web', {
  parentRefs: [{ group: '', kind: 'Service', name: 'web' }],
  rules: [{ backendRefs: [{ name: 'web-v1', port: 80 }] }],
});
const service = object('v1', 'Service', 'shop', 'web-v1');

function valueOf(files: ReturnType<typeof gitFiles>, path: string): Record<string, Json> {
  return parse(files.get(path)?.text ?? '') as Record<string, Json>;
}

describe('the files of a revision', () => {
  test('are sorted by namespace, kind and name below one list, independently of the order of the objects', () => {
    const files = gitFiles([route, service], plain);
    expect([...files.keys()]).toEqual([
      'kustomization.yaml',
      'shop/httproute.gateway.networking.k8s.io/web.yaml',
      'shop/service/web-v1.yaml',
    ]);
    expect(valueOf(files, 'kustomization.yaml')['resources']).toEqual([
      'shop/httproute.gateway.networking.k8s.io/web.yaml',
      'shop/service/web-v1.yaml',
    ]);
    expect([...gitFiles([service, route], plain)]).toEqual([...files]);
  });

  test('are sorted by kind with a list in each folder, which Flux can apply one after the other', () => {
    const files = gitFiles([route, service], { ...plain, layout: 'kinds' });
    expect([...files.keys()]).toEqual([
      'httproute.gateway.networking.k8s.io/kustomization.yaml',
      'httproute.gateway.networking.k8s.io/shop/web.yaml',
      'kustomization.yaml',
      'service/kustomization.yaml',
      'service/shop/web-v1.yaml',
    ]);
    expect(valueOf(files, 'kustomization.yaml')['resources']).toEqual([
      'httproute.gateway.networking.k8s.io',
      'service',
    ]);
    expect(valueOf(files, 'service/kustomization.yaml')['resources']).toEqual(['shop/web-v1.yaml']);
  });

  test('of two kinds with one name in two groups are two files', () => {
    const other = object('policy.linkerd.io/v1beta3', 'HTTPRoute', 'shop', 'web');
    expect(gitFiles([route, other], plain).size).toBe(3);
  });

  test('have the sync waves of Argo CD on demand: a Service before the route that names it', () => {
    const files = gitFiles([route, service], {
      ...plain,
      syncWaves: true,
      ...(gatewayApi.order && { order: gatewayApi.order }),
    });
    const waveOf = (path: string): number => {
      const { annotations } = valueOf(files, path)['metadata'] as {
        readonly annotations: Record<string, string>;
      };
      return Number(annotations['argocd.argoproj.io/sync-wave']);
    };
    expect(waveOf('shop/service/web-v1.yaml')).toBeLessThan(
      waveOf('shop/httproute.gateway.networking.k8s.io/web.yaml'),
    );
  });

  test('have the defaults of their CRDs, as the reference of the Gateway API lists them', () => {
    const defaults = gatewayApi.defaults?.({});
    const files = gitFiles([route], { ...plain, ...(defaults && { defaults }) });
    expect(valueOf(files, 'shop/httproute.gateway.networking.k8s.io/web.yaml')['spec']).toEqual({
      parentRefs: [{ group: '', kind: 'Service', name: 'web' }],
      rules: [
        {
          backendRefs: [{ group: '', kind: 'Service', weight: 1, name: 'web-v1', port: 80 }],
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        },
      ],
    });
  });
});
