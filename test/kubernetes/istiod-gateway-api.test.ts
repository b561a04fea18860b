import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ir } from '../../src/core/ir/ir.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import type { Envoys } from '../conformance/harness/envoys.ts';
import { claimNetwork, releaseNetwork } from '../conformance/harness/network.ts';
import { connected, ensureNamespace, installCrds, testKubeconfig } from './harness/connected.ts';
import { gatewayClassDefinition } from './harness/crds.ts';
import { componentOf, Istiod } from './harness/istiod.ts';
import {
  agreed,
  application,
  boundAt,
  doorOf,
  instancesOf,
  type PostedObject,
} from './harness/istiod-world.ts';
import { rawRequest } from './harness/raw-request.ts';
import { runMesh } from './harness/run-mesh.ts';

const istiodProgram = testKubeconfig === undefined ? undefined : componentOf('istio.sh', 'istiod');
const envoy = istiodProgram === undefined ? undefined : componentOf('envoy.sh');

const namespace = 'by-istiod-gateway';
const port = 18_080;

/** Features that the Gateway API has no words for. */
const lost =
  'settings.no-retries, settings.default-balancing, settings.default-connections, egress.deny, request.unsafe-paths, mtls.disabled';

/** The mesh before and after a change of its Route. */
const rules = {
  first: `
    - match: [{path: {prefix: /old}}]
      redirect: {path: /new, status: 301}
    - match: [{path: {prefix: /canary}, headers: {x-canary: {exact: "yes"}}}]
      backends: [{service: app, version: v2}]
    - match: [{path: {prefix: /}, methods: [GET, POST]}]
      backends: [{service: app, version: v1}]`,
  second: `
    - match: [{path: {prefix: /old}, headers: {x-canary: {exact: "yes"}}}]
      backends: [{service: app, version: v1}]
    - match: [{path: {prefix: /}, methods: [GET]}]
      rewrite: {path: {replaceFull: /moved}}
      backends: [{service: app, version: v2}]`,
};

/** Requests name the port, as clients do: a redirect of the Gateway API names that of the listener in any case. */
const requests = [
  { path: '/' },
  { path: '/', method: 'POST' },
  { path: '/', method: 'PUT' },
  { path: '/old/x' },
  { path: '/old/x', headers: { 'x-canary': 'yes' } },
  { path: '/canary/a', headers: { 'x-canary': 'yes' } },
  { path: '/canary/a' },
].map((request) => ({ gateway: `${namespace}/door`, host: `shop.example:${String(port)}`, ...request }));

describe.skipIf(envoy === undefined)('istiod that reads the Gateway API from the API server', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  const root = mkdtempSync(path.join(tmpdir(), 'mesh-istiod-gateway-'));
  const servers: Server[] = [];
  let network = '';
  let istiod: Istiod | undefined;
  let envoys: Envoys | undefined;

  beforeAll(async () => {
    network = await claimNetwork();
    await installCrds(cluster);
    await installCrds(cluster, [gatewayClassDefinition()]);
    for (const name of [namespace, 'istio-system']) await ensureNamespace(cluster, name);
    for (const [i, version] of ['v1', 'v2'].entries())
      servers.push(await application(version, `${network}1.${String(i + 1)}`));
    const versions = ['v1', 'v2'].map((version, i) =>
      instancesOf(`app-${version}`, namespace, [
        { address: `${network}1.${String(i + 1)}`, labels: { app: 'app', version } },
      ]),
    );
    for (const { at, body } of [
      ...versions,
      boundAt(`${network}2.1`, namespace),
      gatewayClass,
      serviceOf('door', port, port),
      serviceOf('app', 80, 8080),
      doorInstance,
    ])
      await rawRequest('POST', at, body);
    istiod = await Istiod.start(istiodProgram ?? '', root, `${network}9.1`, { gatewayApi: true });
  }, 120_000);

  afterAll(async () => {
    await envoys?.stop();
    await istiod?.stop();
    for (const server of servers) await new Promise((done) => server.close(done));
    await releaseNetwork(network);
    cluster.close();
    rmSync(root, { recursive: true, force: true });
  });

  test('an apply, another one and a rollback: the proxy answers as the spec says', {
    timeout: 120_000,
  }, async () => {
    const first = written(root, network, rules.first);
    await succeeded('apply', root);
    envoys = await doorOf(first, envoy ?? '', root, istiod as Istiod);
    await agreed(first, { host: `${network}2.1`, port }, requests);

    const second = written(root, network, rules.second);
    await succeeded('apply', root);
    await agreed(second, { host: `${network}2.1`, port }, requests);

    await succeeded('rollback', root);
    await agreed(first, { host: `${network}2.1`, port }, requests);
  });
});

async function succeeded(command: 'apply' | 'rollback', root: string): Promise<void> {
  const { code, error } = await runMesh([command, '--yes'], { root });
  expect(code, error).toBe(0);
}

/** Writes the spec and returns its linked mesh. */
function written(root: string, network: string, ofRoute: string): Ir {
  const folder = path.join(root, 'mesh');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(root, 'mesh.yaml'),
    `apiVersion: mesh/v1
kind: Mesh
metadata: {name: ${namespace}}
spec:
  trustDomain: shop.example
  access: allow
  mtls: disabled
  targets:
    cluster:
      platform: gateway-api
      options: {implementation: istio}
      degrade: [${lost}]
      output: {kubernetes: {context: admin, stateNamespace: state-${namespace}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: app, namespace: ${namespace}}
spec: {ports: {http: {port: 80}}, versions: {v1: {labels: {version: v1}}, v2: {labels: {version: v2}}}}
---
apiVersion: mesh/v1
kind: Gateway
metadata: {name: door, namespace: ${namespace}}
spec:
  endpoints: [{address: ${network}2.1, admin: "${network}2.1:15000"}]
  listeners: {web: {port: ${String(port)}, protocol: http}}
---
apiVersion: mesh/v1
kind: Route
metadata: {name: app, namespace: ${namespace}}
spec:
  gateways: [door]
  rules:${ofRoute}
`,
  );
  return linkedMesh(root);
}

/** The class of the Gateways: istiod makes it only as the leader of its replicas. */
const gatewayClass = {
  at: '/apis/gateway.networking.k8s.io/v1/gatewayclasses',
  body: {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: 'istio' },
    spec: { controllerName: 'istio.io/gateway-controller' },
  },
};

/** Returns a Kubernetes Service, which the target expects to be there. */
function serviceOf(name: string, number: number, targetPort: number): PostedObject {
  return {
    at: `/api/v1/namespaces/${namespace}/services`,
    body: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: { selector: { app: name }, ports: [{ name: 'http', port: number, targetPort }] },
    },
  };
}

/**
 * An instance of the Service of the gateway, without which istiod assigns no address to the Gateway. Its address isn't that of the
 * proxy, as an EndpointSlice takes none of the loopback: istiod finds the proxy by its labels.
 */
const doorInstance = {
  at: `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`,
  body: {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'door', namespace, labels: { 'kubernetes.io/service-name': 'door' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.1.1.1'], conditions: { ready: true } }],
    ports: [{ name: 'http', port, protocol: 'TCP' }],
  },
};
