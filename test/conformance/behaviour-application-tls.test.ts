import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from './harness/asking.ts';
import { caseOf } from './harness/case-of.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];

describe.skipIf(envoy === undefined)('certificates of applications that speak TLS, on a real Envoy', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'meshwright-application-tls-'));
  let mesh: RunningMesh;
  beforeAll(async () => {
    const secured = caseOf('secured');
    cpSync(secured.directory, directory, { recursive: true });
    const file = path.join(directory, 'services.yaml');
    const text = readFileSync(file, 'utf8');
    const changed = text
      .replace('[other.example, secure.example]', '[other.example]')
      .replace(
        'rpc: {port: 82, protocol: grpc, tls: {sni: secure.example, ca: {file: /etc/case/outside-ca.pem}}}',
        'rpc: {port: 82, protocol: http, tls: {sni: secure.example, ca: {file: /etc/case/clients-ca.pem}}}',
      );
    expect(changed.length).not.toBe(text.length);
    writeFileSync(file, changed.replace('{ports: [rpc, line]}', '{ports: [rpc]}, {ports: [line]}'));
    mesh = await RunningMesh.start({ ...secured, directory }, envoy ?? '');
  });
  afterAll(async () => {
    await (mesh as RunningMesh | undefined)?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const to = (port: string): Record<string, unknown> => ({
    from: 'shop/web',
    to: 'shop/app',
    port,
    path: '/open',
  });

  test('a certificate with another name is not accepted for the application: 503', async () => {
    expect(await ask(mesh, to('both'))).toMatchObject({ answer: { status: 503 }, arrivals: [] });
  });

  test('a certificate of another authority is not accepted for the application: 503', async () => {
    expect(await ask(mesh, to('rpc'))).toMatchObject({ answer: { status: 503 }, arrivals: [] });
  });

  test('the right certificate is accepted', async () => {
    const { answer, arrivals } = await ask(mesh, to('http'));
    expect(answer.status).toBe(200);
    expect(arrivals.map(({ serverName }) => serverName)).toEqual(['secure.example']);
  });
});
