import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import appMesh from '../../../../src/core/targets/app-mesh/index.ts';
import { files } from '../../../../src/core/targets/files.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import { askedImport } from '../../import/asked-import.ts';
import { checkWritten, importTexts } from '../../import/import-case.ts';

type Json = Readonly<Record<string, unknown>>;

/** Every member of the API 2019-01-25: answers of `describe-…` with all of them, and inputs without their specification. */
const fields = JSON.parse(
  readFileSync(fileURLToPath(new URL('./api-fields.json', import.meta.url)), 'utf8'),
) as {
  readonly answers: readonly Json[];
  readonly inputs: readonly { readonly call: string; readonly input: Json }[];
};

async function unaccounted(documents: readonly Json[]): Promise<readonly string[]> {
  const { ledger } = await importTexts(
    'app-mesh',
    Object.fromEntries(documents.map((one, index) => [`${String(index)}.json`, JSON.stringify(one)])),
  );
  return ledger
    .filter(({ fate }) => fate.type === 'unaccounted')
    .map(({ path: keys }) => keys.map(String).join('.'));
}

describe('the ledger of documents of the AWS API', () => {
  test('accounts for every member of every answer', async () => {
    expect(await unaccounted(fields.answers)).toEqual([]);
  });

  test.each(fields.inputs)('accounts for every member of $call', async ({ input }) => {
    const { objects } = await importTexts('app-mesh', { 'input.json': JSON.stringify(input) });
    expect(objects).toBe(1);
    expect(await unaccounted([input])).toEqual([]);
  });

  test('shows members of a newer API, at the top and far below', async () => {
    const newer = {
      virtualNode: {
        meshName: 'colors',
        virtualNodeName: 'color',
        zone: 'a',
        spec: {
          ambient: true,
          listeners: [{ portMapping: { port: 80, protocol: 'http', appProtocol: 'h2c' } }],
          backends: [
            { virtualService: { virtualServiceName: 'a.b', clientPolicy: { tls: { alpn: 'h2' } } } },
          ],
        },
      },
    };
    expect(await unaccounted([newer])).toEqual([
      'virtualNode.zone',
      'virtualNode.spec.ambient',
      'virtualNode.spec.listeners.0.portMapping.appProtocol',
      'virtualNode.spec.backends.0.virtualService.clientPolicy.tls.alpn',
    ]);
  });
});

const mesh = { mesh: { meshName: 'colors', spec: { egressFilter: { type: 'DROP_ALL' } } } };
const node = (virtualNodeName: string, spec: Json = {}, port = 80): Json => ({
  meshName: 'colors',
  virtualNodeName,
  spec: {
    listeners: [{ portMapping: { port, protocol: 'http' } }],
    serviceDiscovery: { dns: { hostname: `${virtualNodeName}.colors.local` } },
    ...spec,
  },
});
const calls = (...names: readonly string[]): Json => ({
  backends: names.map((virtualServiceName) => ({ virtualService: { virtualServiceName } })),
});
const service = (virtualServiceName: string, provider: Json): Json => ({
  meshName: 'colors',
  virtualServiceName,
  spec: { provider },
});
const router = (virtualRouterName: string): Json => ({
  meshName: 'colors',
  virtualRouterName,
  spec: { listeners: [{ portMapping: { port: 80, protocol: 'http' } }] },
});
const route = (routeName: string, httpRoute: Json, priority?: number): Json => ({
  meshName: 'colors',
  virtualRouterName: 'color',
  routeName,
  spec: { httpRoute, ...(priority !== undefined && { priority }) },
});
const to = (...shares: readonly (readonly [virtualNode: string, weight: number])[]): Json => ({
  action: { weightedTargets: shares.map(([virtualNode, weight]) => ({ virtualNode, weight })) },
});

/** Imports resources as JSON documents of one stream. */
async function asked(...documents: readonly Json[]) {
  return await askedImport('app-mesh', documents.map((one) => JSON.stringify(one)).join('\n---\n'));
}

const base = [
  mesh,
  node('front', calls('color.colors.local')),
  node('other'),
  node('red'),
  node('blue'),
  service('color.colors.local', { virtualRouter: { virtualRouterName: 'color' } }),
  router('color'),
];
const call = { from: 'default/front', to: 'default/color' };

describe('resources of the AWS API, asked by requests,', () => {
  test('give shares to the nodes that targets name', async () => {
    const { decision } = await asked(
      ...base,
      route('all', { match: { prefix: '/' }, ...to(['red', 3], ['blue', 1]) }),
    );
    const found = decision(call);
    expect(found.outcome).toBe('forwarded');
    expect(found).toMatchObject({
      backends: [
        { service: 'default/red', share: 0.75 },
        { service: 'default/blue', share: 0.25 },
      ],
    });
  });

  // The user guide, "Envoy defaults": two more tries on 503, lost connections and refused streams, and 15 seconds.
  test('are tried as App Mesh does where a route has no policy, and by the policy where it has one', async () => {
    const policy = {
      retryPolicy: {
        maxRetries: 5,
        perRetryTimeout: { unit: 'ms', value: 250 },
        httpRetryEvents: ['gateway-error'],
      },
      timeout: { perRequest: { unit: 's', value: 3 } },
    };
    const { decision } = await asked(
      ...base,
      route('all', { match: { prefix: '/' }, ...to(['red', 1]) }),
      route('own', { match: { prefix: '/own' }, ...to(['red', 1]), ...policy }),
    );
    expect(decision(call)).toMatchObject({ timeout: 15_000, tries: 3 });
    expect(decision({ ...call, path: '/own' })).toMatchObject({ timeout: 3000, tries: 6 });
  });

  // AWS roadmap, issue 77: without priorities App Mesh sorts the routes by the length of their paths.
  test('take the route with the longest path where no priority says otherwise', async () => {
    const rest = route('a', { match: { prefix: '/' }, ...to(['red', 1]) });
    const paint = route('b', { match: { prefix: '/paint' }, ...to(['blue', 1]) });
    const blue = { backends: [{ service: 'default/blue' }] };
    const red = { backends: [{ service: 'default/red' }] };
    for (const routes of [
      [rest, paint],
      [paint, rest],
    ]) {
      const { decision } = await asked(...base, ...routes);
      expect(decision({ ...call, path: '/paint/1' })).toMatchObject(blue);
      expect(decision({ ...call, path: '/' })).toMatchObject(red);
    }
    const first = route('a', { match: { prefix: '/' }, ...to(['red', 1]) }, 0);
    const { decision } = await asked(...base, paint, first);
    expect(decision({ ...call, path: '/paint/1' })).toMatchObject(red);
  });

  test('compare characters of a prefix, and no elements of a path', async () => {
    const { decision } = await asked(
      ...base,
      route('all', { match: { prefix: '/' }, ...to(['red', 1]) }),
      route('paint', { match: { prefix: '/paint' }, ...to(['blue', 1]) }),
    );
    expect(decision({ ...call, path: '/paints' })).toMatchObject({ backends: [{ service: 'default/blue' }] });
  });

  test('let a node call the virtual services that it names as backends, and nobody else', async () => {
    const { outcome, codes } = await asked(
      ...base,
      route('all', { match: { prefix: '/' }, ...to(['red', 1]) }),
    );
    expect(outcome(call)).toBe('forwarded');
    expect(outcome({ ...call, from: 'default/other' })).toBe('refused');
    expect(codes).not.toContain('MESH7030');
  });

  const door = {
    meshName: 'colors',
    virtualGatewayName: 'door',
    spec: { listeners: [{ portMapping: { port: 8088, protocol: 'http' } }] },
  };
  const entrance = (action: Json): Json => ({
    gatewayRoute: {
      meshName: 'colors',
      virtualGatewayName: 'door',
      gatewayRouteName: 'shades',
      spec: {
        httpRoute: {
          match: { prefix: '/shades/' },
          action: { target: { virtualService: { virtualServiceName: 'color.colors.local' } }, ...action },
        },
      },
    },
  });
  const entering = { gateway: 'default/door', host: 'shop.example', path: '/shades/7' };

  // The user guide, "Gateway routes": the matched prefix becomes a slash, and the host that of the virtual service.
  test('enter by a gateway with the prefix and the host replaced, unless the route says otherwise', async () => {
    const all = route('all', { match: { prefix: '/' }, ...to(['red', 1]) });
    const usual = await asked(...base, all, door, entrance({}));
    expect(usual.decision(entering)).toMatchObject({
      rewritten: { path: '/7', host: 'color.colors.local' },
    });
    const kept = {
      rewrite: { prefix: { defaultPrefix: 'DISABLED' }, hostname: { defaultTargetHostname: 'DISABLED' } },
    };
    const plain = await asked(...base, all, door, entrance(kept));
    const { decision } = plain;
    expect(decision(entering)).toMatchObject({
      outcome: 'forwarded',
      backends: [{ service: 'default/red' }],
    });
    expect(decision(entering)).toMatchObject({ rewritten: { path: '/shades/7', host: 'shop.example' } });
  });

  test('take names in a private domain, and AWS Cloud Map, for services of the mesh, and a public host for one outside', async () => {
    const cloud = node('cloud', {
      serviceDiscovery: { awsCloudMap: { namespaceName: 'colors.local', serviceName: 'color' } },
    });
    const weather = node('weather', { serviceDiscovery: { dns: { hostname: 'api.weather.example' } } });
    const { decision, codes } = await asked(
      mesh,
      node('front', calls('cloud.colors.local', 'red.colors.local', 'api.weather.example')),
      cloud,
      node('red'),
      weather,
      service('cloud.colors.local', { virtualNode: { virtualNodeName: 'cloud' } }),
      service('red.colors.local', { virtualNode: { virtualNodeName: 'red' } }),
      service('api.weather.example', { virtualNode: { virtualNodeName: 'weather' } }),
    );
    for (const name of ['cloud', 'red'])
      expect(decision({ from: 'default/front', to: `default/${name}` })).toMatchObject({
        outcome: 'forwarded',
        backends: [{ service: `default/${name}` }],
      });
    expect(decision({ from: 'default/front', host: 'api.weather.example', port: 80 }).outcome).toBe(
      'forwarded',
    );
    // The API does not say if a proxy runs at a public host.
    expect(codes.filter((code) => code === 'MESH7030')).toEqual(['MESH7030']);
  });

  // A node with TLS at its own side has a proxy, whatever its host is called.
  test('take a public host whose node has TLS for a service of the mesh, which asks for certificates', async () => {
    const certificate = { acm: { certificateArn: 'arn:aws:acm:eu-west-1:1:certificate/1' } };
    const secured = (mode: string): Json => ({
      listeners: [{ portMapping: { port: 80, protocol: 'http' }, tls: { mode, certificate } }],
      serviceDiscovery: { dns: { hostname: 'red.example.com' } },
    });
    const of = async (mode: string) =>
      await asked(
        mesh,
        node('front', calls('red.example.com')),
        node('red', secured(mode)),
        service('red.example.com', { virtualNode: { virtualNodeName: 'red' } }),
      );
    const strict = await of('STRICT');
    expect(strict.outcome({ from: 'default/front', to: 'default/red' })).toBe('forwarded');
    expect(strict.outcome({ to: 'default/red' })).toBe('refused');
    expect(strict.codes).toContain('MESH7004');
    expect(strict.codes).not.toContain('MESH7030');
    const permissive = await of('PERMISSIVE');
    expect(permissive.outcome({ from: 'default/front', to: 'default/red' })).toBe('forwarded');
    expect(permissive.outcome({ to: 'default/red' })).toBe('refused');
  });

  test('let nodes call any host where the egress filter allows all', async () => {
    const open = { mesh: { meshName: 'colors', spec: { egressFilter: { type: 'ALLOW_ALL' } } } };
    const { outcome } = await asked(
      open,
      ...base.slice(1),
      route('all', { match: { prefix: '/' }, ...to(['red', 1]) }),
    );
    expect(outcome({ ...call, from: 'default/other' })).toBe('forwarded');
  });
});

describe('documents of the AWS API that can not be read', () => {
  const reasons = async (...documents: readonly Json[]): Promise<readonly string[]> => {
    const text = documents.map((one) => JSON.stringify(one)).join('\n---\n');
    const { diagnostics } = await importTexts('app-mesh', { 'mesh.json': text });
    return diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message }) => `${code} ${message}`);
  };

  test('get a reason and a way out', async () => {
    const [nameless = ''] = await reasons({
      spec: { provider: { virtualNode: { virtualNodeName: 'red' } } },
    });
    expect(nameless).toMatch(/^MESH7008 VirtualService .*virtualServiceName.*command line/);
    const [orphan = ''] = await reasons({
      routeName: 'all',
      spec: { httpRoute: { match: { prefix: '/' } } },
    });
    expect(orphan).toMatch(/^MESH7008 Route all .*virtualRouterName/);
    const [list = ''] = await reasons({ virtualNodes: [{ virtualNodeName: 'red', arn: 'arn' }] });
    expect(list).toMatch(/^MESH7008 List .*describe-/);
    const [lone = ''] = await reasons(route('all', { match: { prefix: '/' } }));
    expect(lone).toMatch(/^MESH7008 Route color\/all .*router is not among the input/);
    const [other = ''] = await reasons(mesh, { ...node('red'), meshName: 'shapes' });
    expect(other).toMatch(/^MESH7008 VirtualNode red .*another mesh/);
    const [alike = ''] = await reasons(mesh, node('ColorRed'), node('color-red'));
    expect(alike).toMatch(/^MESH7008 VirtualNode color-red .*ColorRed/);
    const [twice = ''] = await reasons(mesh, node('red'), node('red', {}, 81));
    expect(twice).toMatch(/^MESH7009 VirtualNode red/);
  });

  test('are none of a document with `meshName` of other tools, or of an object of Kubernetes', async () => {
    const { objects } = await importTexts('app-mesh', {
      'other.yaml':
        '{meshName: colors, kind: Thing}\n---\n{spec: {rules: []}}\n---\n{apiVersion: v1, kind: ConfigMap, spec: {listeners: []}}\n',
    });
    expect(objects).toBe(0);
  });
});

describe('the output for the AWS API', () => {
  const cases = fileURLToPath(new URL('../../../../fixtures/cases', import.meta.url));

  test.each(['accounts', 'canaries', 'colours', 'platform', 'shared'])(
    'of the case %s is read with every field, into the namespaces of its services',
    async (name) => {
      const ir = linkedMesh(path.join(cases, name));
      const output = files(appMesh.lower(ir, { version: '1.13', options: { form: 'aws-api' } }));
      const imported = await importTexts(
        'app-mesh',
        Object.fromEntries(output.map(({ path: file, text }) => [file, text])),
      );
      expect(imported.ledger.filter(({ fate }) => fate.type === 'unaccounted')).toEqual([]);
      const { ir: read, errors } = checkWritten(imported);
      expect(errors).toEqual([]);
      if (read === undefined) throw new Error('the mesh that was read has errors');
      const namespaces = new Set(Object.values(read.services).map(({ namespace }) => namespace));
      for (const { namespace, ports } of Object.values(ir.services))
        if (ports.length > 0) expect(namespaces).toContain(namespace);
    },
  );
});
