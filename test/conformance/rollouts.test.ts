import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ir } from '../../src/core/ir/ir.ts';
import type { Share } from '../../src/core/ir/weights/share.ts';
import { withWeights } from '../../src/core/ir/weights/with-weights.ts';
import type { Request } from '../../src/core/semantics/request.ts';
import type { MeshCase } from '../cases/cases.ts';
import { compared } from './harness/compared.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];

/** A mesh with a Rollout of each strategy. */
const meshCase: MeshCase = {
  name: 'rollouts',
  directory: path.join(import.meta.dirname, 'rollouts'),
  about: 'the weights of Rollouts',
  target: 'local',
  hosts: [],
  silent: [],
  requests: [],
  matrices: [],
};

const running = (weight: number): Share => ({ state: 'running', weight });

/** The shares of each service in the course of its Rollout. */
const phases: Readonly<Record<string, Readonly<Record<string, Share>>>> = {
  before: {},
  'at a step': {
    'shop/canary': running(20),
    'shop/first': running(25),
    'shop/ab': running(50),
    'shop/green': running(100),
    'shop/shadow': running(30),
  },
  promoted: Object.fromEntries(
    ['canary', 'first', 'ab', 'green', 'shadow'].map((name) => [`shop/${name}`, { state: 'promoted' }]),
  ),
};

function request(
  service: string,
  requestPath = '/',
  headers: Readonly<Record<string, string>> = {},
): Request {
  return {
    from: { type: 'service', id: 'shop/web' },
    to: { type: 'service', id: `shop/${service}` },
    method: 'GET',
    path: requestPath,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
  };
}

const requests: readonly Request[] = [
  request('canary'),
  request('first'),
  request('first', '/old/a'),
  request('first', '/old/a', { 'x-tester': '1' }),
  request('first', '/', { 'x-tester': '1' }),
  request('first', '/', { 'x-tester': '2' }),
  request('ab'),
  request('ab', '/', { cookie: 'beta=yes' }),
  request('green'),
  request('shadow'),
];

describe.skipIf(envoy === undefined)(
  'Rollouts on a real Envoy: shares and copies are those that decide says',
  () => {
    describe.each(Object.keys(phases))('%s', (phase) => {
      let mesh: RunningMesh | undefined;
      beforeAll(async () => {
        const change = (ir: Ir): Ir => withWeights(ir, phases[phase] ?? {});
        mesh = await RunningMesh.start(meshCase, envoy ?? '', { change });
      }, 120_000);
      afterAll(() => mesh?.stop());

      test.each(
        requests.map(
          (one) => [`${one.to.id}${one.path} ${one.headers.map(({ name }) => name).join()}`, one] as const,
        ),
      )('%s', async (_name, one) => {
        if (mesh === undefined) throw new Error('the mesh does not run');
        expect(await compared(mesh, one)).toEqual([]);
      });
    });
  },
);
