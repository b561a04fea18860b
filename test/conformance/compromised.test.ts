import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Trust } from '../../src/core/identity/trust-file.ts';
import { type OldConnection, overHttp1, overHttp2, overTcp } from './compromised/old-connections.ts';
import { openSmallShop, type SmallShop } from './compromised/small-shop.ts';
import { Proxies } from './hitless/proxies.ts';
import { type Client, request, signedBy } from './rotation/strangers.ts';

const envoy = process.env['ENVOY'];
const bin = path.resolve(import.meta.dirname, '../../bin/mesh.js');
const web = 'spiffe://shop.example/ns/shop/sa/web';

interface Ran {
  readonly code: number;
  readonly out: string;
}

/** Somebody has the key of the root, and keeps connections open that its certificates opened. */
describe.skipIf(envoy === undefined)('connections that a compromised root opened', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-compromised-'));
  const open: OldConnection[] = [];
  const failed: string[] = [];
  let served = 0;
  let load: Promise<void> | undefined;
  let isOver = false;
  /** A certificate by the root that is distrusted. */
  let stolen: Client | undefined;
  let shop: SmallShop;
  let proxies: Proxies | undefined;

  beforeAll(async () => {
    shop = await openSmallShop();
    writeFileSync(path.join(root, 'mesh.yaml'), shop.documents);
    await ok('certs', 'init');
    await applied();
    // Envoys of a mesh with streams drain for ten minutes.
    const shorter = (words: readonly string[]): readonly string[] =>
      words.map((word, i) => (words[i - 1] === '--drain-time-s' ? '12' : word));
    proxies = new Proxies(envoy!, root, shorter);
    for (const end = Date.now() + 60_000; Date.now() < end && (await call()) !== '200'; ) await sleep(100);
    expect(await call(), proxies.ids.map((id) => proxies?.log(id)).join('')).toBe('200');
    await applied();
    load = (async () => {
      while (!isOver) {
        const answer = await call();
        if (answer === '200') served += 1;
        else failed.push(`${new Date().toISOString()} ${answer}`);
        await sleep(10);
      }
    })();
  });

  afterAll(async () => {
    isOver = true;
    await load;
    for (const one of open) one.close();
    await proxies?.stop();
    await shop.close();
    rmSync(root, { recursive: true, force: true });
  });

  function mesh(...words: readonly string[]): Promise<Ran> {
    return new Promise((done) => {
      const env = { ...process.env, XDG_STATE_HOME: path.join(root, '.state') };
      execFile(process.execPath, [bin, ...words, '--root', root], { env }, (error, out, told) =>
        done({ code: typeof error?.code === 'number' ? error.code : 0, out: out + told }),
      );
    });
  }

  async function ok(...words: readonly string[]): Promise<string> {
    const ran = await mesh(...words);
    expect(ran.code, ran.out).toBe(0);
    return ran.out;
  }

  const applied = (): Promise<string> => ok('apply', '--yes', '--allow-dirty', '--timeout', '60s');

  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

  /** Returns the status of a call by way of both proxies. */
  function call(): Promise<string> {
    return new Promise((done) => {
      const sent = http.get({
        ...{ host: '127.0.0.1', port: shop.outbound, path: '/', agent, headers: { host: 'ratings' } },
      });
      sent.on('response', (response) => {
        response.resume();
        response.on('end', () => done(String(response.statusCode)));
      });
      // A client repeats a request if its proxy had closed the kept connection before (RFC 9110, 9.2.2).
      sent.on('error', (error) => (sent.reusedSocket ? void call().then(done) : done(error.message)));
    });
  }

  const trust = (): Trust =>
    JSON.parse(readFileSync(path.join(root, 'certificates/shop.example.json'), 'utf8')) as Trust;

  /** Returns a certificate that the present issuer signs, as somebody with its key can. */
  function forged(): Client {
    const { id, certificate } = trust().issuers[0]!;
    const keys = path.join(root, '.state/meshwright/keys/shop.example');
    return signedBy({ certificate, key: readFileSync(path.join(keys, `${id}.pem`), 'utf8') }, [web]);
  }

  async function opened(client: Client): Promise<readonly OldConnection[]> {
    const connections = [
      await overHttp1('HTTP/1.1, idle', shop.http, client),
      await overHttp1('HTTP/1.1, busy', shop.http, client),
      await overHttp2(shop.http, client),
      await overTcp(shop.tcp, client),
    ];
    open.push(...connections);
    for (const { kind, ask } of connections) expect(await ask(), kind).toBe('200');
    return connections;
  }

  /** Takes every step; returns what the last one and its apply said. */
  async function rotated(
    ...words: readonly string[]
  ): Promise<{ readonly step: string; readonly apply: string }> {
    await ok('certs', 'rotate', 'root', ...words);
    for (;;) {
      const step = await ok('certs', 'rotate', 'root', ...words);
      const { phase } = trust();
      const apply = await applied();
      if (phase === 'STEADY') return { step, apply };
    }
  }

  async function secrets(admin: number): Promise<string> {
    const answer = await fetch(
      `http://127.0.0.1:${String(admin)}/config_dump?resource=dynamic_active_secrets`,
    );
    return answer.text();
  }

  test('carry no request once the step is applied, while every call of the mesh is served', {
    timeout: 170_000,
  }, async () => {
    const client = forged();
    stolen = client;
    const [idle, busy, ...others] = await opened(client);
    const old = trust().roots[0]!.id;
    const before = served;
    let during = 0;
    const asking = (async () => {
      while ((await busy!.ask()) === '200') {
        during += 1;
        await sleep(20);
      }
    })();
    const { step, apply } = await rotated('--compromised');
    // The step says what ends them, and asks for no restart of a proxy that answers.
    expect(step).toContain('mesh apply ends every connection');
    expect(step).not.toContain('local/shop-web-default-0');
    expect(apply).toContain('drain');
    await asking;
    for (const one of [idle!, ...others]) expect([one.kind, await one.ask()]).toEqual([one.kind, 'closed']);
    expect(during).toBeGreaterThan(10);
    expect(await request(shop.http, client)).toBe('refused');
    expect(await request(shop.http, forged())).toBe(200);
    for (const admin of shop.admins) expect(await secrets(admin)).toContain(`+without-${old.slice(0, 16)}`);
    expect(trust().distrusted).toEqual([old]);
    expect(failed).toEqual([]);
    expect(served).toBeGreaterThan(before + 50);
    expect(proxies!.dead).toEqual([]);
  });

  test('are not taken again after a rollback to a revision of that root', { timeout: 120_000 }, async () => {
    const [idle] = await opened(forged());
    const { targets } = JSON.parse(await ok('history', '--format', 'json')) as {
      readonly targets: Readonly<Record<string, { readonly entries: readonly { readonly id: string }[] }>>;
    };
    await ok('rollback', targets['local']!.entries[0]!.id, '--yes', '--timeout', '60s');
    expect(await request(shop.http, stolen!)).toBe('refused');
    expect(await request(shop.http, forged())).toBe(200);
    // No root is distrusted anew, so connections stay.
    expect(await idle!.ask()).toBe('200');
    expect(failed).toEqual([]);
  });
});
