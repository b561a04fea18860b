import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePorts } from '../components/free-ports.ts';
import { Repository, shop } from './repository.ts';

test('a missing signing key fails before the first apply, which fails for it, too', () => {
  const repository = new Repository(shop);
  expect(repository.mesh(['certs', 'init']).code).toBe(0);
  const env = { XDG_STATE_HOME: path.join(repository.root, 'elsewhere') };
  const doctor = repository.mesh(['doctor'], { env });
  expect(doctor.code).toBe(1);
  expect(doctor.out.replace(/\s+/g, ' ')).toContain(
    "fail issuer of local key the next apply has to issue certificates, and this machine can't issue certificates: ",
  );
  expect(repository.mesh(['apply', '--yes', '--allow-dirty'], { env }).code).toBe(13);
  // A machine that has nothing to sign only gets a note.
  expect(repository.mesh(['apply', '--yes', '--allow-dirty']).code).toBe(0);
  const later = repository.mesh(['doctor'], { env });
  expect(later.out).toMatch(/\nnote {2}issuer of local key/);
});

test('an address of a proxy at which another program listens is named', async () => {
  const [port = 0] = await freePorts(1);
  const repository = new Repository({
    ...shop,
    'services.yaml': shop['services.yaml']?.replace('127.0.0.1:24006', `127.0.0.1:${String(port)}`) ?? '',
  });
  const server = createServer().listen(port, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const child = spawn(process.execPath, [path.resolve('bin/mesh.js'), 'doctor'], {
    cwd: repository.root,
    env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
  });
  let out = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  await once(child, 'close');
  expect(out.replace(/\s+/g, ' ')).toContain(
    `fail addresses of local proxy shop-reviews-v1-0 can't listen at 127.0.0.1:${String(port)} (http): another program listens there`,
  );
});
