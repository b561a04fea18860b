import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { parseRequest } from '../../../src/core/explain/request/parse-request.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import type { Outcome } from '../../../src/core/semantics/outcome.ts';
import { Envoys } from '../../conformance/harness/envoys.ts';
import { bootstrap } from '../../conformance/harness/istio/bootstrap.ts';
import { podLabel, pods } from '../../conformance/harness/istio/pods.ts';
import { type Answer, send } from '../../conformance/harness/send.ts';
import type { Istiod } from './istiod.ts';

/** Starts an application that says its version and the path that it got. */
export async function application(version: string, host: string): Promise<Server> {
  const server = createServer((request, response) => response.end(`${version} ${request.url ?? ''}`));
  await new Promise<void>((done) => server.listen(8080, host, done));
  return server;
}

/** An object of a cluster with the path that it is posted to. */
export interface PostedObject {
  readonly at: string;
  readonly body: object;
}

/** Returns the instances of a host: EndpointSlices take no addresses of the loopback, a ServiceEntry does. */
export function instancesOf(
  name: string,
  namespace: string,
  endpoints: readonly { readonly address: string; readonly labels: object }[],
): PostedObject {
  return {
    at: `/apis/networking.istio.io/v1/namespaces/${namespace}/serviceentries`,
    body: {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: { name, namespace },
      spec: {
        hosts: [`${name}.${namespace}.svc.cluster.local`],
        location: 'MESH_INTERNAL',
        resolution: 'STATIC',
        ports: [{ number: 80, name: 'http', protocol: 'HTTP', targetPort: 8080 }],
        endpoints,
      },
    },
  };
}

/** Returns the address of the pod of the gateway `door`, at which its listener is bound. */
export function boundAt(address: string, namespace: string): PostedObject {
  return {
    at: `/apis/networking.istio.io/v1alpha3/namespaces/${namespace}/envoyfilters`,
    body: {
      apiVersion: 'networking.istio.io/v1alpha3',
      kind: 'EnvoyFilter',
      metadata: { name: 'bind', namespace },
      spec: {
        workloadSelector: { labels: { app: 'door' } },
        configPatches: [
          {
            applyTo: 'LISTENER',
            match: { context: 'GATEWAY' },
            patch: { operation: 'MERGE', value: { address: { socket_address: { address } } } },
          },
        ],
      },
    },
  };
}

/** Starts the proxy of the gateway of a mesh. */
export async function doorOf(ir: Ir, envoy: string, root: string, { xds }: Istiod): Promise<Envoys> {
  const pod = pods(ir).find(({ of }) => of.type === 'gateway');
  if (pod === undefined) throw new Error('the mesh has no gateway');
  writeFileSync(
    path.join(root, 'bootstrap.json'),
    JSON.stringify(bootstrap(pod, ir.trustDomain, { xds, sds: xds })),
  );
  const envoys = new Envoys(envoy, root);
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

/** A request to the gateway, as `mesh explain request` takes it. */
export interface DoorRequest {
  readonly gateway: string;
  readonly host: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Waits until every request ends as decided; fails with the differences of the last try after 20 seconds. */
export async function agreed(
  ir: Ir,
  address: { readonly host: string; readonly port: number },
  requests: readonly DoorRequest[],
): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const wrong = (await Promise.all(requests.map((data) => differences(ir, address, data)))).flat();
    if (wrong.length === 0) return;
    if (Date.now() > deadline) expect(wrong).toEqual([]);
    await sleep(100);
  }
}

async function differences(
  ir: Ir,
  address: { readonly host: string; readonly port: number },
  data: DoorRequest,
): Promise<readonly string[]> {
  const read = parseRequest(data, ir);
  if ('problem' in read) throw new Error(read.problem);
  const { method, path: asked, headers } = read.request;
  const answer = await send({
    address,
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
