import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { freePorts } from '../components/free-ports.ts';
import { Repository, shop } from './repository.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

/** Runs a command without blocking this process, whose servers have to answer. */
async function ran(repository: Repository, ...args: readonly string[]) {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: repository.root,
    env: {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      XDG_STATE_HOME: path.join(repository.root, '.state'),
    },
  });
  const said = { out: '', error: '' };
  child.stdout.on('data', (data: Buffer) => (said.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said.error += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...said };
}

async function serving(port: number, body: string): Promise<void> {
  const server = createServer((_, response) => response.end(body)).listen(port, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
}

/** Returns the milliseconds between the first and the last event of an apply. */
function spanOf({ root }: Repository): number {
  const times = readFileSync(path.join(root, 'events'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => Date.parse((JSON.parse(line) as { time: string }).time));
  return (times.at(-1) ?? 0) - (times[0] ?? 0);
}

test('apply, status and doctor name a foreign process at the address of a proxy, and wait for none', async () => {
  const ports = await freePorts(10);
  const written = new Map<string, number>();
  const own = Object.fromEntries(
    Object.entries(shop).map(([file, text]) => [
      file,
      text.replace(/127\.0\.0\.1:(\d+)/g, (_, port: string) => {
        const free = written.get(port) ?? ports[written.size] ?? 0;
        written.set(port, free);
        return `127.0.0.1:${String(free)}`;
      }),
    ]),
  );
  const repository = new Repository(own);
  expect(repository.mesh(['certs', 'init']).code).toBe(0);
  const istio = written.get('21000') ?? 0;
  const website = written.get('24000') ?? 0;
  const about = {
    node: { id: 'sidecar~10.0.0.7~web~x' },
    uptime_current_epoch: '9s',
    version: 'f0/1.33.2/Clean/R/B',
  };
  await serving(istio, JSON.stringify(about));
  await serving(website, '<html>');

  const apply = await ran(
    repository,
    'apply',
    '--yes',
    '--allow-dirty',
    '--format',
    'text',
    '--format',
    'ndjson=events',
  );
  const foreign = `the Envoy 1.33.2 at 127.0.0.1:${String(istio)} has the node id "sidecar~10.0.0.7~web~x", not "shop-web-default-0": it is another proxy`;
  expect(apply.error).toContain(`local: ! proxy shop-web-default-0: ${foreign}\n`);
  expect(apply.error).toContain(`another program answers at 127.0.0.1:${String(website)}, not an Envoy`);
  expect(apply.error).not.toContain('waiting for shop-web-default-0');
  expect(apply.code).toBe(9);
  // The third proxy was never started, which takes two seconds to find out; a proxy that restarts gets five.
  const limit = 4_500;
  let took = spanOf(repository);
  // A busy machine takes longer now and then; an apply that waits does so each time.
  for (let again = 0; again < 3 && took >= limit; again += 1) {
    const other = new Repository(own);
    other.mesh(['certs', 'init']);
    await ran(other, 'apply', '--yes', '--allow-dirty', '--format', 'ndjson=events');
    took = spanOf(other);
  }
  expect(took).toBeLessThan(limit);

  const status = await ran(repository, 'status', '--format', 'json');
  const { targets } = JSON.parse(status.out) as {
    targets: { local: { proxies: { id: string; foreign?: boolean; detail?: string }[] } };
  };
  const found = Object.fromEntries(targets.local.proxies.map((one) => [one.id, one]));
  expect(found['shop-web-default-0']).toMatchObject({ state: 'silent', foreign: true, detail: foreign });
  expect(found['shop-reviews-v1-0']).toMatchObject({ foreign: true });
  expect(found['shop-reviews-v2-0']).not.toHaveProperty('foreign');
  const text = (await ran(repository, 'status')).out.replace(/\s+/g, ' ');
  expect(text).toContain('another process answers at the address of 2');

  const doctor = await ran(repository, 'doctor');
  expect(doctor.out.replace(/\s+/g, ' ')).toContain(`shop-web-default-0: ${foreign}`);
  expect(doctor.code).toBe(1);
});
