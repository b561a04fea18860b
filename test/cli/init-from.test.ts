import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { nativeReviews } from './native-reviews.ts';
import { Repository } from './repository.ts';

const istio = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: shop}
spec:
  hosts: [reviews]
  http: [{timeout: 7s, route: [{destination: {host: reviews}}]}]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: reviews, namespace: shop}
spec:
  selector: {matchLabels: {app: reviews}}
  rules: [{from: [{source: {namespaces: [shop]}}]}]
`;

const gatewayApi = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: reviews, namespace: shop}
spec:
  parentRefs: [{group: "", kind: Service, name: reviews}]
  rules: [{backendRefs: [{name: reviews, port: 80}]}]
`;

const split = `apiVersion: split.smi-spec.io/v1alpha4
kind: TrafficSplit
metadata: {name: reviews, namespace: shop}
spec: {service: reviews, backends: [{service: reviews-v1, weight: 1}]}
`;

const meshConfig = `apiVersion: config.openservicemesh.io/v1alpha2
kind: MeshConfig
metadata: {name: osm-mesh-config, namespace: osm-system}
spec: {traffic: {enableEgress: false}}
`;

const linkerd = `apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: {name: reviews, namespace: shop}
spec: {podSelector: {matchLabels: {app: reviews}}, port: 80}
`;

const cilium = `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: reviews, namespace: shop}
spec: {endpointSelector: {}, ingress: [{}]}
`;

const gloo = `apiVersion: admin.gloo.solo.io/v2
kind: Workspace
metadata: {name: shop, namespace: gloo-mesh}
spec: {}
`;

const tetrate = `apiVersion: tsb.tetrate.io/v2
kind: Workspace
metadata: {name: shop, namespace: tsb}
spec: {}
`;

/** Returns all files of a folder but those of `native/` and of the command's own state. */
function written(root: string): readonly string[] {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const names = files.map((one) => path.relative(root, path.join(one.parentPath, one.name)));
  return names.filter((name) => !/^(?:native|\.state)\//.test(name)).sort();
}

describe('mesh init --from', () => {
  test('starts from the configuration of Istio, writes what init writes besides, and names the next commands', () => {
    const repository = new Repository({ 'native/shop.yaml': nativeReviews, 'native/mesh.yaml': istio });
    const run = repository.mesh(['init', '--from', 'native']);
    expect(run, run.error).toMatchObject({ code: 0 });
    expect(run.out).toContain('read 4 objects of istio with');
    expect(run.out).toContain('is valid: 1 service, 1 route, 1 access document, 1 target');
    expect(written(repository.root)).toEqual([
      '.github/workflows/mesh.yaml',
      '.gitignore',
      '.mesh/schema.json',
      '.pre-commit-config.yaml',
      'mesh.yaml',
      'shop/reviews.yaml',
    ]);
    const text = readFileSync(path.join(repository.root, 'shop/reviews.yaml'), 'utf8');
    const documents = text.split('---\n');
    expect(documents).toHaveLength(3);
    for (const document of documents)
      expect(document).toMatch(
        /^# yaml-language-server: \$schema=\.\.\/\.mesh\/schema\.json\n# from native\//,
      );
    expect(existsSync(path.join(repository.root, 'shop/../.mesh/schema.json'))).toBe(true);
    expect(text).toContain('timeout: 7s');
    expect(text).not.toContain('hello');
    expect(repository.mesh(['fmt', '--check']).code).toBe(0);
    const next = [...run.out.matchAll(/^ {2}mesh (.*)$/gm)].map(([, command = '']) => command.split(' '));
    expect(next).toHaveLength(3);
    for (const command of next)
      expect(repository.mesh(command), command.join(' ')).toMatchObject({ code: 0 });
    expect(existsSync(path.join(repository.root, 'out/istio/index.json'))).toBe(true);
  });

  test('a second run overwrites nothing: it exits with 1, names the files, and writes none', () => {
    const repository = new Repository({ 'native/shop.yaml': nativeReviews, 'shop/reviews.yaml': 'mine' });
    const run = repository.mesh(['init', '--from', 'native']);
    expect(run.code).toBe(1);
    expect(run.error).toContain(
      'init --from overwrites nothing, and these files are there: shop/reviews.yaml',
    );
    expect(written(repository.root)).toEqual(['shop/reviews.yaml']);
    expect(readFileSync(path.join(repository.root, 'shop/reviews.yaml'), 'utf8')).toBe('mine');
  });

  test('manifests of no mesh give the services of plain Kubernetes, without a target', () => {
    const repository = new Repository({ 'native/shop.yaml': nativeReviews });
    const run = repository.mesh(['init', '--from', 'native']);
    expect(run, run.error).toMatchObject({ code: 0 });
    expect(run.out).toContain('read 2 objects of kubernetes');
    expect(run.out).toContain('edit mesh.yaml\n      add a target');
    expect(readFileSync(path.join(repository.root, 'mesh.yaml'), 'utf8')).not.toContain('targets:');
  });

  test('names the next step where the configuration has errors, and where the mesh has some', () => {
    const lost = istio.replace('http:', 'fuddle: 3\n  http:');
    const repository = new Repository({ 'native/shop.yaml': nativeReviews, 'native/mesh.yaml': lost });
    const run = repository.mesh(['init', '--from', 'native']);
    expect(run.code).toBe(3);
    expect(run.error).toContain('fuddle of VirtualService');
    expect(run.out).toContain(`Next:
  look at the error in the configuration that was read
      the mesh lacks what the configuration says there`);
    expect(run.out).toMatch(/^  mesh compile --verify --out out$/m);
    // A document of the mesh in the folder that is read becomes part of the mesh around it.
    const own = 'apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: other}\nspec: {trustDomain: a.example}\n';
    const nested = new Repository({ 'native/shop.yaml': `${nativeReviews}---\n${istio}---\n${own}` });
    const again = nested.mesh(['init', '--from', 'native']);
    expect(again.code).toBe(3);
    expect(again.error).toMatch(
      /info MESH7001\n {2}1 document of kind Mesh, which the import does not read: the kind belongs to/,
    );
    expect(again.out).toMatch(/Next:\n {2}mesh validate\n {6}shows the errors of the mesh again/);
  });

  test.each([
    ['osm', split + '---\n' + meshConfig],
    ['istio', istio],
    ['gateway-api', gatewayApi],
  ])('recognises %s by the API groups of its objects', (platform, objects) => {
    const repository = new Repository({ 'native/all.yaml': `${nativeReviews}---\n${objects}` });
    expect(repository.mesh(['init', '--from', 'native']).out).toContain(`objects of ${platform} with`);
  });

  test('objects of Linkerd beside routes of the Gateway API are those of Linkerd', () => {
    const repository = new Repository({
      'native/all.yaml': `${nativeReviews}---\n${linkerd}---\n${gatewayApi}`,
    });
    const run = repository.mesh(['init', '--from', 'native']);
    expect(run.out).toContain('objects of linkerd with');
  });

  test('a bootstrap of Envoy, which has no kind, is recognised', () => {
    const bootstrap = 'static_resources: {listeners: [], clusters: []}\n';
    const repository = new Repository({ 'native/envoy.yaml': bootstrap });
    expect(repository.mesh(['init', '--from', 'native']).out).toContain('read 1 object of envoy with');
  });

  test.each([
    ['cilium', `${gatewayApi}---\n${cilium}`, 2],
    ['gloo-mesh', `${istio}---\n${gloo}`, 3],
    ['tsb', `${istio}---\n${tetrate}`, 3],
    ['consul', 'Kind: service-defaults\nName: reviews\nProtocol: http\n', 1],
    ['kuma', 'type: Mesh\nname: default\n', 1],
  ])('recognises the configuration of %s by its groups or its form', (platform, objects, count) => {
    const repository = new Repository({ 'native/all.yaml': objects });
    const { out } = repository.mesh(['init', '--from', 'native']);
    expect(out).toMatch(new RegExp(`read ${String(count)} objects? of ${platform} with`));
  });

  test.each([
    ['envoy', 'static_resources: {listeners: [], clusters: []}\n'],
    ['linkerd', `${nativeReviews}---\n${linkerd}`],
  ])('--platform names %s, too', (platform, objects) => {
    const repository = new Repository({ 'native/all.yaml': objects });
    const run = repository.mesh(['init', '--from', 'native', '--platform', platform]);
    expect(run.out).toContain(`of ${platform} with`);
  });

  test('--platform decides between platforms that read the same objects', () => {
    const repository = new Repository({ 'native/all.yaml': `${nativeReviews}---\n${split}` });
    const run = repository.mesh(['init', '--from', 'native', '--platform', 'traefik-mesh']);
    expect(run.out).toContain('read 3 objects of traefik-mesh with');
  });

  test.each([
    [
      ['init', '--from', 'native'],
      split,
      'can be the configuration of smi, osm, traefik-mesh, nginx-service-mesh: name the platform to read, such as --platform smi',
    ],
    [
      ['init', '--from', 'native'],
      `${istio}---\n${gatewayApi}`,
      'can be the configuration of istio, gateway-api: name the platform to read, such as --platform istio',
    ],
    [['init', '--platform', 'kuma'], istio, 'name its folder with --from'],
    [['init', '--from', 'empty'], istio, 'there is no YAML or JSON file in empty'],
  ])('%j is a usage error that writes nothing: %#', (args, objects, message) => {
    const repository = new Repository({ 'native/all.yaml': objects, 'empty/README': '' });
    const run = repository.mesh(args);
    expect(run.code).toBe(64);
    expect(run.error).toContain(message);
    expect(written(repository.root)).toEqual(['empty/README']);
  });
});
