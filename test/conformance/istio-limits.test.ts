import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRequest } from '../../src/core/explain/request/parse-request.ts';
import { caseCopy, movedTo } from './harness/case-copy.ts';
import { caseOf } from './harness/case-of.ts';
import { compiledObjects } from './harness/istio/compiled-objects.ts';
import { IstioMesh } from './harness/istio/istio-mesh.ts';
import { placed } from './harness/istio/placed-mesh.ts';
import { send } from './harness/send.ts';
import { prepare } from './harness/sending.ts';

const envoy = process.env['ENVOY'] ?? '';
const istioXds = process.env['ISTIO_XDS'] ?? '';

describe.skipIf(envoy === '' || istioXds === '')('rate limits by way of istiod', () => {
  let mesh: IstioMesh;
  beforeAll(async () => {
    const meshCase = caseOf('limits');
    const { root, network, ir: asWritten, authorities } = await caseCopy(meshCase);
    const ir = placed(asWritten, network);
    const objects = compiledObjects(ir, 'sidecar');
    const hosts = movedTo(network, meshCase.hosts);
    mesh = await IstioMesh.start({ ir, objects, authorities, hosts, network, root }, envoy, istioXds);
  });
  afterAll(async () => {
    await (mesh as IstioMesh | undefined)?.stop();
  });

  /** Returns the number of requests of a burst that pass. */
  async function passing(data: Record<string, unknown>, length: number): Promise<number> {
    const parsed = parseRequest({ from: 'shop/web', ...data }, mesh.ir);
    if ('problem' in parsed) throw new Error(parsed.problem);
    const statuses = await Promise.all(
      Array.from({ length }, async () => (await send((await prepare(mesh, parsed.request)).sending)).status),
    );
    expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
    return statuses.filter((status) => status === 200).length;
  }

  test('each instance of a service counts separately', async () => {
    const passed = await passing({ to: 'shop/counted', path: '/' }, 40);
    expect(passed).toBeGreaterThanOrEqual(12);
    expect(passed).toBeLessThan(30);
  });

  test('each value of the key has its own bucket, and requests without the key are not counted', async () => {
    const user = (name: string): Record<string, unknown> => ({
      to: 'shop/api',
      path: '/user',
      headers: { 'x-user': name },
    });
    expect(await passing(user('ann'), 12)).toBeLessThan(12);
    expect(await passing(user('bob'), 3)).toBe(3);
    expect(await passing({ to: 'shop/api', path: '/user' }, 30)).toBe(30);
  });

  test('the limit of a rule counts at each routing proxy', async () => {
    const all = { to: 'shop/api', path: '/all' };
    const passed = await passing(all, 40);
    expect(passed).toBeGreaterThanOrEqual(10);
    expect(passed).toBeLessThan(40);
    expect(await passing({ ...all, from: 'shop/counted' }, 10)).toBe(10);
  });
});
