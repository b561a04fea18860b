import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { linkedMesh } from '../../cases/linked-mesh.ts';
import type { Envoys } from '../../conformance/harness/envoys.ts';
import { claimNetwork, releaseNetwork } from '../../conformance/harness/network.ts';
import { connected, ensureNamespace, installCrds, testKubeconfig } from './connected.ts';
import { emptyRootNamespace } from './empty-root-namespace.ts';
import { componentOf, Istiod } from './istiod.ts';
import { agreed, application, boundAt, type DoorRequest, doorOf, type PostedObject } from './istiod-world.ts';
import { rawRequest } from './raw-request.ts';
import { runMesh } from './run-mesh.ts';

/** The port of the gateway `door`. */
export const doorPort = 18_080;

/** Versions of the application `app`. */
export const appVersions = ['v1', 'v2'] as const;

/** The programs of a door; undefined if one is missing, or if there is no API server. */
export const doorPrograms = programs();

function programs(): { readonly istiod: string; readonly envoy: string } | undefined {
  const istiod = testKubeconfig === undefined ? undefined : componentOf('istio.sh', 'istiod');
  const envoy = istiod === undefined ? undefined : componentOf('envoy.sh');
  if (testKubeconfig !== undefined && envoy === undefined)
    console.warn(
      '\nNO ISTIOD: its tests on the API server are skipped. `npm run istio -- istiod` builds it, with Go; they need an Envoy, too.\n',
    );
  return istiod === undefined || envoy === undefined ? undefined : { istiod, envoy };
}

/** The parts in which one mesh on istiod differs from another. */
export interface DoorSettings {
  readonly namespace: string;
  /** The target's fields beside its output, as the Mesh writes them. */
  readonly target: string;
  /** Documents beside the Mesh, the Service `app`, the Gateway `door` and its Route. */
  readonly documents?: string;
  readonly gatewayApi?: boolean;
  /** CRDs beside those of the targets. */
  readonly definitions?: readonly object[];
  /** Returns the objects that have to be there before istiod starts; `network` is the first three bytes of addresses. */
  readonly objects: (network: string) => readonly PostedObject[];
}

/**
 * A gateway `door` in front of two versions of an application: objects on the API server, istiod that reads them, and a
 * real Envoy.
 */
export class IstiodDoor {
  readonly #settings: DoorSettings;
  readonly #cluster = connected();
  readonly #root: string;
  readonly #servers: Server[] = [];
  #network = '';
  #istiod: Istiod | undefined;
  #envoys: Envoys | undefined;

  constructor(settings: DoorSettings) {
    this.#settings = settings;
    this.#root = mkdtempSync(path.join(tmpdir(), `mesh-${settings.namespace}-`));
  }

  async start(): Promise<void> {
    const { namespace, objects, definitions = [], gatewayApi = false } = this.#settings;
    this.#network = await claimNetwork();
    await installCrds(this.#cluster);
    await installCrds(this.#cluster, definitions);
    for (const name of [namespace, 'istio-system']) await ensureNamespace(this.#cluster, name);
    await emptyRootNamespace(this.#cluster);
    for (const [i, version] of appVersions.entries())
      this.#servers.push(await application(version, appAddress(this.#network, i)));
    for (const { at, body } of [...objects(this.#network), boundAt(this.#address, namespace)])
      await rawRequest('POST', at, body);
    const program = doorPrograms?.istiod ?? '';
    this.#istiod = await Istiod.start(program, this.#root, `${this.#network}9.1`, { gatewayApi });
  }

  /** Expects the proxy to answer as the spec says after an apply, after another apply, and after a rollback. */
  async expectCycle(
    rules: { readonly first: string; readonly second: string },
    requests: readonly DoorRequest[],
  ): Promise<void> {
    const address = { host: this.#address, port: doorPort };
    const first = this.#write(rules.first);
    await this.#succeed('apply');
    this.#envoys = await doorOf(first, doorPrograms?.envoy ?? '', this.#root, this.#istiod as Istiod);
    await agreed(first, address, requests);

    const second = this.#write(rules.second);
    await this.#succeed('apply');
    await agreed(second, address, requests);

    await this.#succeed('rollback');
    await agreed(first, address, requests);
  }

  async stop(): Promise<void> {
    await this.#envoys?.stop();
    await this.#istiod?.stop();
    for (const server of this.#servers) await new Promise((done) => server.close(done));
    await releaseNetwork(this.#network);
    this.#cluster.close();
    rmSync(this.#root, { recursive: true, force: true });
  }

  get #address(): string {
    return `${this.#network}2.1`;
  }

  async #succeed(command: 'apply' | 'rollback'): Promise<void> {
    const { code, error } = await runMesh([command, '--yes'], { root: this.#root });
    expect(code, error).toBe(0);
  }

  /** Writes the spec and returns its linked mesh. */
  #write(ofRoute: string): Ir {
    const { namespace, target, documents = '' } = this.#settings;
    const folder = path.join(this.#root, 'mesh');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      path.join(this.#root, 'mesh.yaml'),
      `apiVersion: mesh/v1
kind: Mesh
metadata: {name: ${namespace}}
spec:
  trustDomain: shop.example
  access: allow
  mtls: disabled
  targets: {cluster: {${target}, output: {kubernetes: {context: admin, stateNamespace: state-${namespace}}}}}
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
  endpoints: [{address: ${this.#address}, admin: "${this.#address}:15000"}]
  listeners: {web: {port: ${String(doorPort)}, protocol: http}}
---
apiVersion: mesh/v1
kind: Route
metadata: {name: app, namespace: ${namespace}}
spec:
  gateways: [door]
  rules:${ofRoute}
${documents}`,
    );
    return linkedMesh(this.#root);
  }
}

/** Returns the address of the application's version at a position. */
export function appAddress(network: string, position: number): string {
  return `${network}1.${String(position + 1)}`;
}
