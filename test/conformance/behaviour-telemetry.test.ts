import { existsSync, readFileSync } from 'node:fs';
import http2 from 'node:http2';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from './harness/asking.ts';
import { caseOf } from './harness/case-of.ts';
import { admin } from './harness/envoys.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];

describe.skipIf(envoy === undefined)('telemetry of a real Envoy', () => {
  let mesh: RunningMesh;
  let collector: http2.Http2Server;
  const exported: string[] = [];

  beforeAll(async () => {
    mesh = await RunningMesh.start(caseOf('watched'), envoy ?? '');
    collector = http2.createServer();
    collector.on('stream', (stream, headers) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', () => undefined);
      stream.on('end', () => {
        if (headers[':path']?.endsWith('TraceService/Export'))
          exported.push(Buffer.concat(chunks).toString('latin1'));
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
        stream.on('wantTrailers', () => {
          stream.sendTrailers({ 'grpc-status': '0' });
        });
        stream.end(Buffer.from([0, 0, 0, 0, 0]));
      });
    });
    const address = mesh.ir.services['infra/otel']?.versions[0]?.instances?.[0]?.app['grpc'];
    await new Promise<void>((ready) => collector.listen(address?.port, address?.host, ready));
  });
  afterAll(async () => {
    await (mesh as RunningMesh | undefined)?.stop();
    (collector as http2.Http2Server | undefined)?.close();
  });

  const api = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
    from: 'shop/web',
    to: 'shop/api',
    ...more,
  });

  async function eventually<T>(look: () => T | Promise<T>, good: (seen: T) => boolean): Promise<T> {
    const end = Date.now() + 15_000;
    for (;;) {
      const seen = await look();
      if (good(seen) || Date.now() > end) return seen;
      await sleep(200);
    }
  }

  test('a JSON line is written for each request that fits the condition, and for no other', async () => {
    await ask(mesh, api({ path: '/good' }));
    await ask(mesh, api({ path: '/bad' }), { extra: [['x-echo-status', '418']] });
    const { workingDirectory } = mesh.proxyOf('shop/web');
    const file = path.join(mesh.out, workingDirectory, 'access.log');
    const text = await eventually(
      () => (existsSync(file) ? readFileSync(file, 'utf8') : ''),
      (seen) => seen.includes('/bad'),
    );
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines[0])).toContain('/bad');
    expect(JSON.stringify(lines[0])).toContain('418');
  });

  test('spans of both proxies reach the collector, with tags and one trace', async () => {
    const { arrivals } = await ask(mesh, api({ path: '/traced', headers: { 'x-tenant': 'acme-tenant' } }));
    const parent = arrivals[0]?.headers.find(([name]) => name === 'traceparent')?.[1] ?? '';
    expect(parent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    const trace = Buffer.from(parent.split('-')[1] ?? '', 'hex').toString('latin1');
    const spans = await eventually(
      () => exported.filter((text) => text.includes(trace)),
      (seen) => ['web.shop', 'api.shop'].every((name) => seen.some((text) => text.includes(name))),
    );
    expect(spans.some((text) => text.includes('web.shop'))).toBe(true);
    expect(spans.some((text) => text.includes('api.shop'))).toBe(true);
    expect(spans.some((text) => text.includes('acme-tenant'))).toBe(true);
  });

  test('`accessLog: null` turns the log off, and a service is merged with the mesh field by field', async () => {
    const fileOf = (id: string): string =>
      path.join(mesh.out, mesh.proxyOf(id).workingDirectory, 'access.log');
    await ask(mesh, { from: 'shop/quiet', to: 'shop/talkative', path: '/told' });
    await ask(
      mesh,
      { from: 'shop/quiet', to: 'shop/quiet', path: '/bad' },
      { extra: [['x-echo-status', '418']] },
    );
    const text = await eventually(
      () => (existsSync(fileOf('shop/talkative')) ? readFileSync(fileOf('shop/talkative'), 'utf8') : ''),
      (seen) => seen.includes('/told'),
    );
    // The text is the service's own, the condition comes from its Profile, the file from the Mesh.
    const lines = text.trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('/told');
    expect(lines[0]?.startsWith('{')).toBe(false);
    expect(existsSync(fileOf('shop/quiet')) ? readFileSync(fileOf('shop/quiet'), 'utf8') : '').toBe('');
  });

  test("sampling is decided where a trace begins, and later proxies keep a caller's decision", async () => {
    const flagsOf = async (from: string, to: string): Promise<string | undefined> => {
      const { arrivals } = await ask(mesh, { from, to, path: '/sampled' });
      return arrivals[0]?.headers.find(([name]) => name === 'traceparent')?.[1]?.slice(-2);
    };
    // The mesh samples all requests; quiet samples none of the traces that it begins.
    expect(await flagsOf('shop/web', 'shop/quiet')).toBe('01');
    expect(await flagsOf('shop/quiet', 'shop/api')).toBe('00');
    // Without tracing no proxy adds a header.
    expect(await flagsOf('shop/talkative', 'shop/talkative')).toBe(undefined);
  });

  test('metrics have the labels of the spec', async () => {
    await ask(mesh, api({ path: '/measured', headers: { 'x-tenant': 'umbrella' } }));
    const text = await eventually(
      async () => (await admin(mesh.proxyOf('shop/web').admin, '/stats/prometheus')) ?? '',
      (seen) => seen.includes('tenant="umbrella"'),
    );
    expect(text).toContain('tenant="umbrella"');
  });

  test('text on standard output is written for every request', async () => {
    const other = await RunningMesh.start({ ...caseOf('watched'), environment: 'text' }, envoy ?? '');
    try {
      await ask(other, api({ path: '/in-text' }));
      const log = await eventually(
        () => readFileSync(other.envoys.log(other.proxyOf('shop/web').id), 'utf8'),
        (seen) => seen.includes('/in-text'),
      );
      const line = log.split('\n').find((each) => each.includes('/in-text')) ?? '';
      expect(line).toContain('200');
      expect(line.startsWith('{')).toBe(false);
    } finally {
      await other.stop();
    }
  });
});
