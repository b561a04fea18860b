import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

describe('an API server that accepts and never answers', () => {
  /** Starts a command on a mesh whose cluster is silent; `said` is what standard error has got. */
  async function started(...words: readonly string[]) {
    const server = createServer((socket) => socket.on('error', () => undefined).resume());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const folder = mkdtempSync(path.join(tmpdir(), 'mesh-silent-cluster-'));
    const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const kubeconfig = path.join(folder, 'kubeconfig');
    const text = {
      clusters: [{ name: 'quiet', cluster: { server: address } }],
      users: [{ name: 'somebody', user: { token: 'token' } }],
      contexts: [{ name: 'quiet', context: { cluster: 'quiet', user: 'somebody' } }],
      'current-context': 'quiet',
    };
    writeFileSync(kubeconfig, JSON.stringify(text));
    writeFileSync(
      path.join(folder, 'mesh.yaml'),
      `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  targets: {cluster: {platform: istio, output: {kubernetes: {context: quiet}}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {ports: {http: {port: 80}}}
`,
    );
    const begun = performance.now();
    const child = spawn(process.execPath, [bin, ...words, '--root', folder], {
      env: { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: kubeconfig },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
      server.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const seen = { said: '' };
    child.stderr.on('data', (piece: Buffer) => (seen.said += piece.toString()));
    const ends = once(child, 'close').then(([code]) => ({
      code: code as number | null,
      seconds: (performance.now() - begun) / 1000,
    }));
    return { address, seen, ends };
  }

  test('is given up at --timeout, with a message that names the context and the option', async () => {
    const { address, seen, ends } = await started('plan', '--timeout', '1s');
    const { code, seconds } = await ends;
    expect(code).toBe(15);
    // The process itself takes a part of that on a loaded machine; the usual limit is 30 s.
    expect(seconds).toBeLessThan(15);
    expect(seen.said).toMatch(
      new RegExp(`the API server of quiet \\(${address}\\) gave no answer in 1 s; .*--timeout`),
    );
  });

  test('is said on standard error while the command waits, but not with --quiet', async () => {
    const [told, quiet] = await Promise.all([
      started('plan', '--timeout', '12s'),
      started('plan', '--timeout', '12s', '--quiet'),
    ]);
    expect((await told.ends).code).toBe(15);
    expect((await quiet.ends).code).toBe(15);
    expect(told.seen.said).toMatch(
      new RegExp(
        `^waiting for the API server of quiet \\(${told.address}\\): no answer for \\d+ s \\(until 12 s`,
        'm',
      ),
    );
    expect(quiet.seen.said).not.toContain('waiting for');
  });
});
