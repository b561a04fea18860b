import { mkdirSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePorts } from '../components/free-ports.ts';
import { foundEnvoy } from './found-envoy.ts';
import { LiveProxies, takenPort } from './live-proxies.ts';
import { World } from './world.ts';

const envoy = foundEnvoy();
const all = process.env['CRASH'] === 'all';
const hook = fileURLToPath(new URL('kill-behind-switch.js', import.meta.url));

/** Commands that continue after a kill; `npm test` tries the first one. */
const ways = [
  ['a plain apply', ['apply', '--yes']],
  ['a resume', ['apply', '--resume', '--yes']],
] as const;
const tried = all ? ways : ways.slice(0, 1);

if (envoy === undefined) console.warn('there is no Envoy here: no proxy was asked after a kill');

/** Two services, each with a real Envoy: `web`, whose inbound port and timeout change, and `reviews`. */
describe.skipIf(envoy === undefined)('a run that kill -9 ends after its last switch', () => {
  let world: World;
  let proxies: LiveProxies;
  let ports: readonly number[];
  let taken: Awaited<ReturnType<typeof takenPort>>;
  let first: string;

  beforeEach(async () => {
    ports = await freePorts(8);
    taken = await takenPort();
    world = await World.made(['127.0.0.1:1', '127.0.0.1:2']);
    put('5s', ports[1]!);
    world.expectSuccess(await world.mesh(['apply', '--yes']));
    proxies = new LiveProxies(envoy!, world.output);
    await proxies.start();
    // This apply gets answers of the proxies; later ones wait for them.
    world.expectSuccess(await world.mesh(['apply', '--yes']));
    first = served();
  }, 120_000);

  afterEach(async () => {
    await proxies.end();
    await taken.free();
    world.dispose();
  });

  const served = (): string => path.basename(readlinkSync(path.join(world.output, 'config/current')));
  const timeout = (): string =>
    /"timeout": ?"(\ds)"/.exec(world.read('config/current/scopes/shop.web/rds.json'))?.[1] ?? '';

  function put(timeoutOfRoutes: string, inbound: number): void {
    writeFileSync(path.join(world.root, 'mesh.yaml'), mesh(timeoutOfRoutes, ports, inbound));
    world.committed(timeoutOfRoutes);
  }

  /** Applies a spec and kills the process after its last switch. */
  async function killed(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<void> {
    const ran = await world.mesh(
      words,
      ['env', ...entries({ KILL_BEHIND: '1', ...env })],
      ['--import', hook],
    );
    expect(ran.signal === 'SIGKILL' || ran.code === 137, `${String(ran.code)} ${ran.error}`).toBe(true);
    expect(served()).not.toBe(first);
    // Wait until Envoy has read the revision and accepted or rejected it.
    await sleep(1_000);
  }

  const outcomes = async (): Promise<readonly string[]> => {
    const { entries: found } = JSON.parse((await world.mesh(['history', '--format', 'json'])).out).targets
      .local;
    return found.map(({ outcome }: { readonly outcome: string }) => outcome);
  };

  /**
   * Applies a listener on a port of another program, so that Envoy refuses the file of listeners, and kills the
   * process.
   */
  async function killedWithRefusal(): Promise<void> {
    put('7s', taken.port);
    await killed(['apply', '--yes']);
    expect(timeout()).toBe('7s');
  }

  test.each(tried)(
    '%s finds that a proxy refuses the revision, goes back, and ends with 8',
    { timeout: 120_000 },
    async (_, words) => {
      await killedWithRefusal();
      const ran = await world.mesh(words);
      expect(ran.code, ran.error).toBe(8);
      expect(ran.error).toContain('refused listeners');
      expect(ran.error).toContain('gone back to what was in force');
      expect(served()).toBe(first);
      expect(timeout()).toBe('5s');
      expect(await outcomes()).not.toContain('running');
      expect((await outcomes()).at(-1)).toBe('incomplete');
      // The same command ends in the same way again.
      expect((await world.mesh(words)).code).toBe(8);
      // Without the cause the stopped run succeeds.
      await taken.free();
      const again = await world.mesh(words);
      expect(again.code, again.error).toBe(0);
      expect(timeout()).toBe('7s');
    },
  );

  test.skipIf(!all)(
    'a rollback goes back to the revision in force before',
    { timeout: 120_000 },
    async () => {
      await killedWithRefusal();
      const ran = await world.mesh(['rollback', '--yes']);
      expect(ran.code, ran.error).toBe(0);
      expect(timeout()).toBe('5s');
      expect((await world.mesh(['status', '--detailed-exitcode'])).code).toBe(0);
    },
  );

  test.each(tried)(
    '%s does not report success while a proxy is stopped, however often it runs',
    { timeout: 120_000 },
    async (_, words) => {
      put('7s', ports[1]!);
      await killed(['apply', '--yes']);
      proxies.signal('shop-reviews-default-0', 'SIGSTOP');
      for (let i = 0; i < 2; i++) {
        const ran = await world.mesh(words);
        expect(ran.code, ran.error).toBe(9);
        expect(ran.error).toContain('shop-reviews-default-0');
        expect((await outcomes()).at(-1)).toBe('unconfirmed');
      }
      proxies.signal('shop-reviews-default-0', 'SIGCONT');
      const ran = await world.mesh(words);
      expect(ran.code, ran.error).toBe(0);
      expect((await outcomes()).at(-1)).toBe('succeeded');
      expect((await world.mesh(['drift', '--detailed-exitcode'])).code).toBe(0);
    },
  );

  test('an apply without changes does not succeed while a proxy is stopped', {
    timeout: 120_000,
  }, async () => {
    proxies.signal('shop-reviews-default-0', 'SIGSTOP');
    const ran = await world.mesh(['apply', '--yes']);
    expect(ran.code, ran.error).toBe(9);
    expect(ran.error).not.toContain('unchanged');
    proxies.signal('shop-reviews-default-0', 'SIGCONT');
    const again = await world.mesh(['apply', '--yes']);
    expect([again.code, again.error]).toEqual([0, expect.stringContaining('unchanged')]);
  });

  describe.skipIf(!all)('with a refusal and a stopped proxy at the same time', () => {
    test.each([
      ['a plain apply', ['apply', '--yes'], 8],
      ['a resume', ['apply', '--resume', '--yes'], 8],
      ['a rollback', ['rollback', '--yes', '--timeout', '15s'], 12],
    ] as const)('%s', { timeout: 180_000 }, async (_, words, code) => {
      await killedWithRefusal();
      proxies.signal('shop-reviews-default-0', 'SIGSTOP');
      const ran = await world.mesh(words);
      expect(ran.code, ran.error).toBe(code);
      expect(timeout(), ran.error).toBe('5s');
      proxies.signal('shop-reviews-default-0', 'SIGCONT');
      const back = await world.mesh(['rollback', '--yes']);
      expect(back.code, back.error).toBe(0);
      expect(timeout()).toBe('5s');
    });

    test('a proxy that was restarted meanwhile is judged from its start', {
      timeout: 120_000,
    }, async () => {
      await killedWithRefusal();
      await proxies.end('shop-web-default-0');
      await proxies.start();
      const ran = await world.mesh(['apply', '--yes', '--timeout', '15s']);
      expect(ran.code, ran.error).toBe(8);
      expect(ran.error).toContain('refused listeners');
      expect(served()).toBe(first);
    });

    test('another Envoy at the admin port is not the proxy', { timeout: 120_000 }, async () => {
      put('7s', ports[1]!);
      await killed(['apply', '--yes']);
      await proxies.end('shop-reviews-default-0');
      const folder = path.join(world.folder, 'stranger');
      mkdirSync(folder);
      writeFileSync(path.join(folder, 'bootstrap.json'), stranger(ports[7]!));
      const other = new LiveProxies(envoy!, folder);
      mkdirSync(path.join(folder, 'config/current'), { recursive: true });
      writeFileSync(
        path.join(folder, 'config/current/index.json'),
        JSON.stringify({
          proxies: [
            {
              id: 'stranger',
              bootstrap: 'bootstrap.json',
              workingDirectory: '.',
              arguments: ['--use-dynamic-base-id'],
              admin: `127.0.0.1:${String(ports[7])}`,
            },
          ],
        }),
      );
      await other.start();
      try {
        const ran = await world.mesh(['apply', '--yes']);
        expect(ran.code, ran.error).toBe(9);
        expect(ran.error).toContain('has the node id "stranger", not "shop-reviews-default-0"');
      } finally {
        await other.end();
      }
    });

    test('a saved plan without changes does not succeed while a proxy is stopped', {
      timeout: 120_000,
    }, async () => {
      world.expectSuccess(await world.mesh(['plan', '--out', '../plan.json']));
      proxies.signal('shop-reviews-default-0', 'SIGSTOP');
      const ran = await world.mesh(['apply', '../plan.json']);
      expect(ran.code, ran.error).toBe(9);
      proxies.signal('shop-reviews-default-0', 'SIGCONT');
      world.expectSuccess(await world.mesh(['apply', '../plan.json']));
    });

    test('a rollback and its resume end with 12 while a proxy is stopped', { timeout: 180_000 }, async () => {
      put('7s', ports[1]!);
      world.expectSuccess(await world.mesh(['apply', '--yes']));
      first = served();
      proxies.signal('shop-reviews-default-0', 'SIGSTOP');
      // The rollback restores the timeout; the stopped proxy doesn't delay steps before the last switch.
      await killed(['rollback', '--yes']);
      for (const words of [
        ['apply', '--resume', '--yes'],
        ['apply', '--resume', '--yes'],
      ]) {
        const ran = await world.mesh(words);
        expect(ran.code, ran.error).toBe(12);
      }
      proxies.signal('shop-reviews-default-0', 'SIGCONT');
      const ran = await world.mesh(['apply', '--resume', '--yes']);
      expect(ran.code, ran.error).toBe(0);
      expect(timeout()).toBe('5s');
    });
  });
});

function entries(env: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

function stranger(port: number): string {
  const address = { socket_address: { address: '127.0.0.1', port_value: port } };
  return JSON.stringify({ node: { id: 'stranger', cluster: 'c' }, admin: { address } });
}

function mesh(timeout: string, ports: readonly number[], inbound: number): string {
  const at = (index: number): string => `127.0.0.1:${String(ports[index])}`;
  return `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  certificates: {root: {keys: file}, issuer: {keys: file}}
  targets: {local: {platform: envoy, output: {directory: out}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports: {http: {port: 80}}
  calls: [web]
  timeout: ${timeout}
  endpoints: {default: [{app: "${at(0)}", inbound: "127.0.0.1:${String(inbound)}", outbound: "${at(2)}", admin: "${at(3)}"}]}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  ports: {http: {port: 80}}
  calls: [web]
  endpoints: {default: [{app: "${at(4)}", inbound: "${at(5)}", outbound: "${at(6)}", admin: "${at(7)}"}]}
---
apiVersion: mesh/v1
kind: Access
metadata: {name: web, namespace: shop}
spec: {service: web, rules: [{allow: {from: [{service: web}, {service: reviews}]}}]}
`;
}
