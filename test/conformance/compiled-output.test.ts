import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Proxy } from '../../src/core/targets/proxy.ts';
import { Repository, shop } from '../cli/repository.ts';
import { Envoys } from './harness/envoys.ts';
import { claimNetwork, releaseNetwork } from './harness/network.ts';

const envoy = process.env['ENVOY'];

test.skipIf(envoy === undefined)(
  'Envoys need only the output of `mesh compile --out --issue`: one call passes, another is refused',
  async () => {
    const claimed = await claimNetwork();
    onTestFinished(() => releaseNetwork(claimed));
    const network = `${claimed}0.1`;
    const repository = new Repository({
      ...shop,
      'services.yaml': shop['services.yaml']!.replaceAll('127.0.0.1', network),
    });
    expect(repository.mesh(['certs', 'init'])).toMatchObject({ code: 0, error: '' });
    const compiled = repository.mesh([
      'compile',
      '--target',
      'local',
      '--out',
      'build',
      '--issue',
      '--quiet',
    ]);
    expect(compiled).toEqual({ code: 0, out: '', error: '' });
    const out = path.join(repository.root, 'build/local');
    const index = JSON.parse(readFileSync(path.join(out, 'index.json'), 'utf8')) as { proxies: Proxy[] };
    await listening(network, 24080, 'v1');
    await listening(network, 25080, 'v2');
    const envoys = new Envoys(envoy ?? '', out);
    onTestFinished(() => envoys.stop());
    await envoys.start(index.proxies);
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(network, 'GET')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers.map(({ body }) => body)).toContain('v1 for reviews.shop');
    expect(await ask(network, 'POST')).toMatchObject({ status: 403 });
  },
);

/** Starts an application that answers with its version and the host that it was called by. */
async function listening(host: string, port: number, version: string): Promise<void> {
  const server = http.createServer((request, response) => {
    response.end(`${version} for ${String(request.headers.host)}`);
  });
  await new Promise<void>((done) => server.listen(port, host, done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
}

function ask(host: string, method: string): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host, port: 21001, method, headers: { host: 'reviews.shop' } },
      (response) => {
        let body = '';
        response.on('data', (data: Buffer) => (body += data.toString()));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body });
        });
      },
    );
    request.on('error', reject);
    request.end();
  });
}
