import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { Repository } from './repository.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
const terminal = 'Object.assign(process.stderr, { isTTY: true, columns: 80, rows: 24 });';
const showCursor = '\u001b[?25h';
const hiddenAtTheEnd = /\[\?25l(?!.*\[\?25h)/s;

/** Starts a proxy that answers but never accepts a revision; returns its port. */
async function stubbornProxy(): Promise<number> {
  const server = createServer(({ url = '' }, response) => {
    const about = { node: { id: 'shop-web-default-0' }, uptime_current_epoch: '60s' };
    response.end(
      url.startsWith('/server_info') ? JSON.stringify(about) : 'listener_manager.lds.version_text: "old"\n',
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function waitingMesh(): Promise<Repository> {
  const admin = await stubbornProxy();
  const repository = new Repository({
    'mesh.yaml': `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  targets: {local: {platform: envoy, output: {directory: live}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  calls: []
  endpoints: {default: [{outbound: "127.0.0.1:1", admin: "127.0.0.1:${admin}"}]}
`,
  });
  expect(repository.mesh(['certs', 'init']).code).toBe(0);
  return repository;
}

/** Starts an apply as on a terminal, with standard output in a file; `until` resolves once standard error contains a text. */
function watchedApply(repository: Repository, args: readonly string[] = []) {
  const hook = `--import=data:text/javascript,${encodeURIComponent(terminal)}`;
  const log = `${repository.root}.out`;
  const file = openSync(log, 'w');
  onTestFinished(() => {
    closeSync(file);
    rmSync(log);
  });
  const child = spawn(process.execPath, [hook, bin, 'apply', '--yes', '--allow-dirty', ...args], {
    cwd: repository.root,
    env: { PATH: process.env['PATH'], XDG_STATE_HOME: path.join(repository.root, '.state'), NO_COLOR: '1' },
    stdio: ['ignore', file, 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let error = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (error += text));
  const closed = once(child, 'close');
  return {
    child,
    until: (text: string) => expect.poll(() => error, { timeout: 20_000 }).toContain(text),
    ended: async () => {
      const [code] = (await closed) as [number | null];
      return { code, out: readFileSync(log, 'utf8'), error };
    },
  };
}

test('Ctrl-C restores the terminal, prints the progress, and ends with 130', async () => {
  const { child, until, ended } = watchedApply(await waitingMesh());
  await until('waiting shop-web-default-0: listeners still old');
  child.kill('SIGINT');
  const { code, out, error } = await ended();
  expect(code).toBe(130);
  expect(out).toContain('apply interrupted, of ');
  const left = error.slice(error.indexOf(showCursor) + showCursor.length);
  expect(left.replaceAll(showCursor, '')).toMatch(
    /^apply [0-9a-f]{12} {2}\d+ s\nlocal\n {2}✗ make {4}0 of 1 proxy accepted, 1 waiting\n {6}waiting shop-web-default-0: listeners still old.*\ninterrupted: Ctrl-C \(SIGINT\) stopped the run\n/s,
  );
  expect(error).not.toMatch(hiddenAtTheEnd);
});

test('a second Ctrl-C ends at once and still restores the cursor', async () => {
  const { child, until, ended } = watchedApply(await waitingMesh());
  await until('1 waiting');
  child.kill('SIGINT');
  child.kill('SIGINT');
  const { code, error } = await ended();
  expect(code).toBe(130);
  expect(error).not.toMatch(hiddenAtTheEnd);
});

test('the timeout ends a wait, while events are written to their file', async () => {
  const repository = await waitingMesh();
  const { code, out, error } = await watchedApply(repository, [
    ...['--timeout', '2s', '--format', 'ndjson=events.ndjson'],
  ]).ended();
  expect(code).toBe(9);
  // Standard output is a log here: it has the events that the view shows, and the end.
  expect(out).toContain('local:   waiting for shop-web-default-0: ');
  expect(out).toMatch(
    /\napply unconfirmed, of \d+ to create, 0 to update, 0 to delete; 1 proxy did not confirm it \([\d.]+ s\)\n/,
  );
  expect(out).toContain('to go on: mesh apply --resume\nto go back: mesh rollback\n');
  expect(out).not.toContain('\u001b');
  const events = readFileSync(path.join(repository.root, 'events.ndjson'), 'utf8').trim().split('\n');
  expect(events.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ type: 'switch', stage: 'make', proxies: 1, stages: ['make'] }),
  );
  expect(error).toMatch(/\n {2}✗ make {4}0 of 1 proxy accepted, 1 waiting\n/);
  expect(error).not.toMatch(/\[[\d;]*m/);
  expect(error).toMatch(/\nunconfirmed: proxy shop-web-default-0 did not accept in time: .*\n/);
});
