import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRequest } from '../../src/core/explain/request/parse-request.ts';
import { caseOf } from './harness/case-of.ts';
import type { Arrival } from './harness/echo.ts';
import { compiledObjects } from './harness/istio/compiled-objects.ts';
import { type IstioCase, istioCase } from './harness/istio/istio-case.ts';
import type { KubernetesObject } from './harness/istio/kubernetes-object.ts';
import { type Answer, send } from './harness/send.ts';
import { prepare } from './harness/sending.ts';

const envoy = process.env['ENVOY'] ?? '';
const istioXds = process.env['ISTIO_XDS'] ?? '';
const absent = envoy === '' || istioXds === '';

describe.skipIf(absent)('a service that decides about requests, through istiod', () => {
  let running: IstioCase;
  const asked: http.IncomingHttpHeaders[] = [];
  // The judge answers with the status that the request names. The guard doesn't run, and its `onError` allows.
  const judge = http.createServer((request, response) => {
    asked.push(request.headers);
    response.writeHead(Number(request.headers['x-echo-status'] ?? 200)).end();
  });

  beforeAll(async () => {
    running = await istioCase(caseOf('asked'), envoy, istioXds);
    const at = running.mesh.ir.services['infra/judge']?.versions[0]?.instances?.[0]?.app['http'];
    await new Promise<void>((ready) => judge.listen(at?.port, at?.host, ready));
  });
  afterAll(async () => {
    await (running as IstioCase | undefined)?.mesh.stop();
    judge.closeAllConnections();
    judge.close();
  });

  test('lets requests pass, and refuses with its own status', async () => {
    expect((await ask(running, { to: 'shop/api', path: '/x' })).answer.status).toBe(200);
    const refused = await ask(running, { to: 'shop/api', path: '/x', headers: { 'x-echo-status': '418' } });
    expect([refused.answer.status, refused.arrivals.length]).toEqual([418, 0]);
    expect(asked.length).toBe(2);
  });

  test('is asked in addition to access, which refuses in the same way', async () => {
    const { answer, arrivals } = await ask(running, { to: 'shop/api', path: '/closed' });
    expect([answer.status, arrivals.length]).toEqual([403, 0]);
  });

  test('that does not answer stops no request if its `onError` allows', async () => {
    expect((await ask(running, { to: 'shop/files', path: '/x' })).answer.status).toBe(200);
  });
});

describe.skipIf(absent)('telemetry, through istiod', () => {
  let running: IstioCase;
  beforeAll(async () => {
    running = await istioCase(caseOf('watched'), envoy, istioXds, (ir) =>
      compiledObjects(ir, 'sidecar').map(withoutMetrics),
    );
  });
  afterAll(async () => {
    await (running as IstioCase | undefined)?.mesh.stop();
  });

  test('is logged if the condition holds, and traced', async () => {
    const seen = await ask(running, { to: 'shop/api', path: '/fine' });
    const failed = await ask(running, { to: 'shop/api', path: '/bad', headers: { 'x-echo-status': '500' } });
    expect([seen.answer.status, failed.answer.status]).toEqual([200, 500]);
    expect(seen.arrivals[0]?.headers.map(([name]) => name)).toContain('traceparent');
    const log = path.join(running.mesh.root, 'proxies', 'shop-web-default-0', 'access.log');
    const deadline = Date.now() + 20_000;
    while (!(existsSync(log) && readFileSync(log, 'utf8').includes('/bad')) && Date.now() < deadline)
      await new Promise((done) => setTimeout(done, 200));
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { path: string }).path)).toEqual(['/bad']);
  });
});

/** Returns a Telemetry without metrics, which a filter counts that only Istio's own build of Envoy has. */
function withoutMetrics(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Telemetry') return object;
  const { metrics: _metrics, ...spec } = object['spec'] as { metrics?: unknown };
  return { ...object, spec };
}

async function ask(
  { mesh }: IstioCase,
  data: Readonly<Record<string, unknown>>,
): Promise<{ readonly answer: Answer; readonly arrivals: readonly Arrival[] }> {
  const parsed = parseRequest({ from: 'shop/web', ...data }, mesh.ir);
  if ('problem' in parsed) throw new Error(parsed.problem);
  const { sending, testId } = await prepare(mesh, parsed.request);
  const answer = await send(sending);
  return { answer, arrivals: mesh.echoes.arrivals(testId) };
}
