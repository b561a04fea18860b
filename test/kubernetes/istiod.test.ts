import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRequest } from '../../src/core/explain/request/parse-request.ts';
import type { Ir } from '../../src/core/ir/ir.ts';
import { decide } from '../../src/core/semantics/decide.ts';
import type { Outcome } from '../../src/core/semantics/outcome.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { Envoys } from '../conformance/harness/envoys.ts';
import { bootstrap } from '../conformance/harness/istio/bootstrap.ts';
import { podLabel, pods } from '../conformance/harness/istio/pods.ts';
import { claimNetwork, releaseNetwork } from '../conformance/harness/network.ts';
import { type Answer, send } from '../conformance/harness/send.ts';
import { connected, ensureNamespace, installCrds, testKubeconfig } from './harness/connected.ts';
import { componentOf, Istiod } from './harness/istiod.ts';
import { rawRequest } from './harness/raw-request.ts';
import { runMesh } from './harness/run-mesh.ts';

const istiodProgram = testKubeconfig === undefined ? undefined : componentOf('istio.sh', 'istiod');
const envoy = istiodProgram === undefined ? undefined : componentOf('envoy.sh');

if (testKubeconfig !== undefined && envoy === undefined)
  console.warn(
    '\nNO ISTIOD: its test on the API server is skipped. `npm run istio -- istiod` builds it, with Go; it needs an Envoy, too.\n',
  );

const namespace = 'by-istiod';
const port = 18_080;

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
    - match: [{path: {prefix: /old}}]
      respond: {status: 410, body: gone}
    - match: [{path: {prefix: /}, methods: [GET]}]
      rewrite: {path: {replaceFull: /moved}}
      backends: [{service: app, version: v2}]`,
};

const requests = [
  { path: '/' },
  { path: '/', method: 'POST' },
  { path: '/', method: 'PUT' },
  { path: '/old/x' },
  { path: '/canary/a', headers: { 'x-canary': 'yes' } },
  { path: '/canary/a' },
  { path: '/closed/a' },
].map((request) => ({ gateway: `${namespace}/door`, host: 'shop.example', ...request }));

describe.skipIf(envoy === undefined)('istiod beside the API server', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  const root = mkdtempSync(path.join(tmpdir(), 'mesh-istiod-'));
  const servers: Server[] = [];
  let network = '';
  let istiod: Istiod | undefined;
  let envoys: Envoys | undefined;

  beforeAll(async () => {
    network = await claimNetwork();
    await installCrds(cluster);
    for (const name of [namespace, 'istio-system']) await ensureNamespace(cluster, name);
    for (const [i, version] of ['v1', 'v2'].entries())
      servers.push(await application(version, `${network}1.${String(i + 1)}`));
    for (const object of platform(network)) await rawRequest('POST', object.at, object.body);
    istiod = await Istiod.start(istiodProgram ?? '', root, `${network}9.1`);
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
    expect(await runMesh(['apply', '--yes'], { root })).toMatchObject({ code: 0 });
    envoys = await doorOf(first, root, istiod as Istiod);
    await agreed(first, network);

    const second = written(root, network, rules.second);
    expect(await runMesh(['apply', '--yes'], { root })).toMatchObject({ code: 0 });
    await agreed(second, network);

    expect(await runMesh(['rollback', '--yes'], { root })).toMatchObject({ code: 0 });
    await agreed(first, network);
  });
});

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
  targets: {cluster: {platform: istio, output: {kubernetes: {context: admin, stateNamespace: state-${namespace}}}}}
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
kind: Access
metadata: {name: door, namespace: ${namespace}}
spec: {gateway: door, rules: [{deny: {to: [{paths: [{prefix: /closed}]}]}}]}
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

/** An application that says its version and the path that it got. */
async function application(version: string, host: string): Promise<Server> {
  const server = createServer((request, response) => response.end(`${version} ${request.url ?? ''}`));
  await new Promise<void>((done) => server.listen(8080, host, done));
  return server;
}

/**
 * Returns the objects that a cluster has beside those of the mesh: the instances of the service (EndpointSlices take no
 * addresses of the loopback, a ServiceEntry does), and the address of the gateway's pod, at which its listener is
 * bound.
 */
function platform(network: string): readonly { readonly at: string; readonly body: object }[] {
  const entry = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: 'app', namespace },
    spec: {
      hosts: [`app.${namespace}.svc.cluster.local`],
      location: 'MESH_INTERNAL',
      resolution: 'STATIC',
      ports: [{ number: 80, name: 'http', protocol: 'HTTP', targetPort: 8080 }],
      endpoints: ['v1', 'v2'].map((version, i) => ({
        address: `${network}1.${String(i + 1)}`,
        labels: { app: 'app', version },
      })),
    },
  };
  const filter = {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata: { name: 'bind', namespace },
    spec: {
      workloadSelector: { labels: { app: 'door' } },
      configPatches: [
        {
          applyTo: 'LISTENER',
          match: { context: 'GATEWAY' },
          patch: { operation: 'MERGE', value: { address: { socket_address: { address: `${network}2.1` } } } },
        },
      ],
    },
  };
  return [
    { at: `/apis/networking.istio.io/v1/namespaces/${namespace}/serviceentries`, body: entry },
    { at: `/apis/networking.istio.io/v1alpha3/namespaces/${namespace}/envoyfilters`, body: filter },
  ];
}

/** Starts the proxy of the gateway. */
async function doorOf(ir: Ir, root: string, { xds }: Istiod): Promise<Envoys> {
  const pod = pods(ir).find(({ of }) => of.type === 'gateway');
  if (pod === undefined) throw new Error('the mesh has no gateway');
  writeFileSync(
    path.join(root, 'bootstrap.json'),
    JSON.stringify(bootstrap(pod, ir.trustDomain, { xds, sds: xds })),
  );
  const envoys = new Envoys(envoy ?? '', root);
  await envoys.start([
    {
      id: pod.labels[podLabel] ?? '',
      service: '',
      version: '',
      instance: 0,
      bootstrap: 'bootstrap.json',
      workingDirectory: '.',
      arguments: ['--use-dynamic-base-id', '--drain-time-s', '1', '--drain-strategy', 'immediate'],
      admin: pod.admin,
      inbound: {},
      outbound: '',
    },
  ]);
  return envoys;
}

/** Waits until every request ends as decided; fails with the differences of the last try after 20 seconds. */
async function agreed(ir: Ir, network: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const wrong = (await Promise.all(requests.map((data) => differences(ir, network, data)))).flat();
    if (wrong.length === 0) return;
    if (Date.now() > deadline) expect(wrong).toEqual([]);
    await sleep(100);
  }
}

async function differences(
  ir: Ir,
  network: string,
  data: (typeof requests)[number],
): Promise<readonly string[]> {
  const read = parseRequest(data, ir);
  if ('problem' in read) throw new Error(read.problem);
  const { method, path: asked, headers } = read.request;
  const answer = await send({
    address: { host: `${network}2.1`, port },
    method,
    path: asked,
    host: data.host,
    headers: headers.map(({ name, value }) => [name, value] as const),
  });
  const outcome = decide(ir, read.request);
  const [got, meant] = [seen(answer, outcome), decided(outcome)];
  return got === meant ? [] : [`${method} ${asked}: ${got}, decided ${meant}`];
}

/** Returns what a caller notices, of the parts that an outcome decides. */
function decided(outcome: Outcome): string {
  switch (outcome.outcome) {
    case 'forwarded':
      return `200 ${outcome.backends.map(({ version }) => version).join('|')} ${outcome.rewritten.path}`;
    case 'redirected':
      return `${String(outcome.status)} ${outcome.location}`;
    case 'responded':
      return `${String(outcome.status)} ${outcome.body}`;
    case 'refused':
    case 'unroutable':
      return String(outcome.status);
  }
}

function seen({ status, headers, body }: Answer, { outcome }: Outcome): string {
  if (outcome === 'redirected') return `${String(status)} ${new Map(headers).get('location') ?? ''}`;
  return outcome === 'forwarded' || outcome === 'responded' ? `${String(status)} ${body}` : String(status);
}
