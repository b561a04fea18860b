import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Share } from '../../../src/core/ir/weights/share.ts';
import { withWeights } from '../../../src/core/ir/weights/with-weights.ts';
import { boundText, revisionFiles } from '../../../src/core/revision/revision-files.ts';
import target from '../../../src/core/targets/envoy/index.ts';
import { address, RunningMesh } from '../harness/running-mesh.ts';

const envoy = process.env['ENVOY'];

/** All requests of the rollout; `CANARY=all` sends twenty times as many. */
const requests = process.env['CANARY'] === 'all' ? 105_000 : 5250;

const steps = [1, 5, 25, 50, 75, 100];
const newUsers = 50;

/** A browser, which keeps its cookies and remembers the versions that served it. */
interface User {
  cookie: string;
  version: string;
}

describe.skipIf(envoy === undefined)('a rollout with `affinity: session` on real Envoys', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-session-'));
  const apps: http.Server[] = [];
  const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
  let running: RunningMesh;
  let linked: Ir;
  let outbound: { readonly host: string; readonly port: number };

  beforeAll(async () => {
    writeFileSync(path.join(folder, 'mesh.yaml'), mesh);
    running = await RunningMesh.start(
      {
        name: 'canary-session',
        directory: folder,
        about: 'users of a rollout with affinity',
        hosts: [],
        silent: ['shop/api'],
        requests: [],
        matrices: [],
      },
      envoy ?? '',
      {
        change: (ir) => {
          linked = ir;
          // The proxies know both versions from the start; then only routes change.
          return withWeights(ir, { 'shop/api': { state: 'running', weight: steps[0] ?? 1 } });
        },
      },
    );
    outbound = address(running.proxyOf('shop/web').outbound);
    for (const { name, instances = [] } of running.ir.services['shop/api']?.versions ?? [])
      for (const { app } of instances) {
        const server = http.createServer((_, response) =>
          response.writeHead(200, { 'set-cookie': 'own=1', 'x-version': name }).end(),
        );
        apps.push(server);
        const { host, port } = app['http'] ?? { host: '', port: 0 };
        await new Promise<void>((ready) => server.listen(port, host, ready));
      }
  });
  afterAll(async () => {
    agent.destroy();
    await (running as RunningMesh | undefined)?.stop();
    for (const app of apps) {
      app.closeAllConnections();
      await new Promise((done) => app.close(done));
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /**
   * Writes the routes of a share, as an apply would, and waits until `is` accepts the answer to a user without a
   * cookie.
   */
  async function write(share: Share, is: (user: User) => boolean): Promise<void> {
    const mesh = withWeights(linked, { 'shop/api': share });
    for (const file of revisionFiles(target.lower(mesh, { version: '1.40', options: {} })).values())
      if (file.path.endsWith('/rds.json'))
        writeFileSync(path.join(running.out, file.path), boundText(file, running.out));
    // Proxies read again when a name in this folder changes.
    writeFileSync(path.join(running.out, 'turn'), '');
    renameSync(path.join(running.out, 'turn'), path.join(running.out, 'config/turned'));
    await vi.waitFor(
      async () => {
        const user = { cookie: '', version: '' };
        await ask(user);
        expect(is(user)).toBe(true);
      },
      { timeout: 30_000, interval: 20 },
    );
  }

  /** Sends a request as a user; returns the version before if the version has changed. */
  async function ask(user: User): Promise<string | undefined> {
    const headers = { host: 'api.shop', ...(user.cookie !== '' && { cookie: user.cookie }) };
    const { status, version, cookies } = await new Promise<{
      readonly status: number | undefined;
      readonly version: string;
      readonly cookies: readonly string[];
    }>((resolve, reject) => {
      const asked = http.get({ ...outbound, path: '/', headers, agent });
      asked.on('error', reject);
      asked.on('response', (response) => {
        response.resume().on('end', () =>
          resolve({
            status: response.statusCode,
            version: String(response.headers['x-version']),
            cookies: response.headers['set-cookie'] ?? [],
          }),
        );
      });
    });
    expect(status).toBe(200);
    // The cookie of the application stays.
    expect(cookies).toContain('own=1');
    const kept = cookies.find((cookie) => cookie.startsWith('mesh-'));
    if (kept !== undefined) {
      expect(kept).toBe(`mesh-shop-api=${version}; Path=/; HttpOnly`);
      user.cookie = `own=1; mesh-shop-api=${version}`;
    }
    const { version: before } = user;
    user.version = version;
    return before === '' || before === version ? undefined : before;
  }

  /** Sends requests of users in turn; returns the changes of versions, as `before after`. */
  async function send(users: readonly User[], count: number): Promise<readonly string[]> {
    const changes: string[] = [];
    for (let sent = 0; sent < count; sent += users.length)
      await Promise.all(
        users.map(async (user) => {
          const before = await ask(user);
          if (before !== undefined) changes.push(`${before} ${user.version}`);
        }),
      );
    return changes;
  }

  test(`no user changes version in ${String(requests)} requests, except the users of a version that is rolled back`, {
    timeout: 600_000,
  }, async () => {
    const users: User[] = [];
    const drawn: Record<number, number> = {};
    for (const weight of steps) {
      await write({ state: 'running', weight }, ({ cookie, version }) =>
        weight === 100 ? version === 'v2' && cookie !== '' : cookie !== '',
      );
      const added = Array.from({ length: newUsers }, () => ({ cookie: '', version: '' }));
      users.push(...added);
      expect(await send(users, requests / (steps.length + 1))).toEqual([]);
      drawn[weight] = added.filter(({ version }) => version === 'v2').length;
    }
    // Shares are drawn for users: at 100 % every new user gets the candidate, while the other users stay.
    expect(drawn[100]).toBe(newUsers);
    expect(drawn[1]).toBeLessThan(newUsers / 4);
    expect(drawn[75]).toBeGreaterThan(newUsers / 4);
    const before = users.filter(({ version }) => version === 'v2').length;
    expect(before).toBeLessThan(users.length - newUsers);

    await write({ state: 'before' }, ({ cookie }) => cookie === '');
    const changes = await send(users, requests / (steps.length + 1));
    expect(changes).toEqual(Array.from({ length: before }, () => 'v2 v1'));
  });
});

const mesh = `apiVersion: mesh/v1
kind: Mesh
metadata: {name: session}
spec:
  trustDomain: session.example
  mtls: strict
  access: allow
  targets: {local: {platform: envoy, output: {directory: out/local}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  endpoints: {default: [{outbound: "127.1.94.1:15001", admin: "127.1.94.1:15000"}]}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: api, namespace: shop}
spec:
  ports: {http: {port: 80}}
  versions: {v1: {}, v2: {}}
  endpoints:
    v1: [{app: "127.1.94.2:8080", inbound: "127.1.94.2:15006", outbound: "127.1.94.2:15001", admin: "127.1.94.2:15000"}]
    v2: [{app: "127.1.94.3:8080", inbound: "127.1.94.3:15006", outbound: "127.1.94.3:15001", admin: "127.1.94.3:15000"}]
---
apiVersion: mesh/v1
kind: Rollout
metadata: {name: api, namespace: shop}
spec: {service: api, from: v1, to: v2, steps: [1%, 5%, 25%, 50%, 75%, 100%], affinity: session, judge: {source: scrape}}
`;
