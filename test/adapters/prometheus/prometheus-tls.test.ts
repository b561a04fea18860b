import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PrometheusSource } from '../../../src/adapters/prometheus/prometheus-source.ts';
import { systemClock } from '../../../src/adapters/system-clock.ts';
import { vector } from './stand-in.ts';

describe('a Prometheus server behind TLS that wants to know who asks', () => {
  let folder: string;
  let server: https.Server;
  let url: string;
  const file = (name: string): string => path.join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'meshwright-tls-'));
    const openssl = (...words: readonly string[]): void => {
      execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' });
    };
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=authority');
    writeFileSync(file('names'), 'subjectAltName=IP:127.0.0.1');
    for (const name of ['server', 'client']) {
      openssl('req', '-new', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
      const signed = ['-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
      openssl('x509', '-req', ...signed, '-extfile', 'names', '-out', `${name}.pem`);
    }
    server = https.createServer(
      {
        key: readFileSync(file('server.key')),
        cert: readFileSync(file('server.pem')),
        ca: readFileSync(file('ca.pem')),
        requestCert: true,
        rejectUnauthorized: true,
      },
      (_, response) => response.end(vector([[{}, '7']])),
    );
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    url = `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function asked(environment: NodeJS.ProcessEnv) {
    const source = new PrometheusSource(url, environment, systemClock);
    try {
      return await source.value('q');
    } finally {
      source.close();
    }
  }

  test('answers with the authority and the certificate of the environment', async () => {
    const environment = {
      MESH_PROMETHEUS_CA_FILE: file('ca.pem'),
      MESH_PROMETHEUS_CERT_FILE: file('client.pem'),
      MESH_PROMETHEUS_KEY_FILE: file('client.key'),
      MESH_PROMETHEUS_TOKEN: 'secret',
    };
    expect(await asked(environment)).toBe(7);
  });

  test('is not believed without its authority, nor answers without a certificate', async () => {
    expect(await asked({})).toMatchObject({ cause: 'unreachable' });
    expect(await asked({ MESH_PROMETHEUS_CA_FILE: file('ca.pem') })).toMatchObject({ cause: 'unreachable' });
  });

  test('a key that is none is told by its variable', () => {
    const environment = {
      MESH_PROMETHEUS_CERT_FILE: file('client.pem'),
      MESH_PROMETHEUS_KEY_FILE: file('names'),
    };
    expect(() => new PrometheusSource(url, environment, systemClock)).toThrow(/MESH_PROMETHEUS_KEY_FILE/);
  });
});
