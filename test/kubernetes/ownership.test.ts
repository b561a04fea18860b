import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connected, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { startFaultProxy } from './harness/fault-proxy.ts';
import { rawRequest } from './harness/raw-request.ts';
import type { Ran } from './harness/run-mesh.ts';
import { SmallMesh } from './harness/small-mesh.ts';

describe.skipIf(testKubeconfig === undefined)('what others own', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let small: SmallMesh;
  let count = 0;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());
  beforeEach(async () => {
    small = await SmallMesh.make(cluster, `ownership-${(count += 1)}`);
  });
  afterEach(() => small.remove());

  describe('a field that another manager changed', () => {
    let refused: Ran;
    let route: string;
    let ours: unknown;
    beforeEach(async () => {
      done(await small.mesh('apply', '--yes'));
      route = await small.route();
      const [live] = await small.objects();
      ours = live?.['spec'];
      const http = JSON.parse(JSON.stringify(ours).replace('"5s"', '"9s"')) as { http: unknown };
      await rawRequest('PATCH', route, { spec: { http: http.http } });
      refused = await small.mesh('apply', '--yes');
    });

    test('is refused with manager, field, line of the spec and three ways out, and nothing is written', async () => {
      expect(refused.code).toBe(7);
      expect(refused.error).toContain('.spec.http is "kubectl-edit"\'s');
      expect(refused.error).toMatch(/mesh\.yaml:\d+ wants another value/);
      const ways = [
        '--take-ownership \\S+:\\.spec\\.http overwrites it',
        'or write the present value into mesh\\.yaml:\\d+',
        'or let "kubectl-edit" put back what was there',
      ];
      expect(refused.error).toMatch(
        new RegExp(
          ways
            .map((way) => `\n {6}${way}\n`)
            .join('')
            .replaceAll('\n\n', '\n'),
        ),
      );
      expect(await small.timeouts()).toEqual(['9s']);
    });

    test('is overwritten by what the refusal names, and is ours from then on', async () => {
      const claim = claimOf(refused);
      const planned = await small.mesh('plan', '--take-ownership', claim, '--format', 'json');
      expect(planned.code).toBe(0);
      expect(planned.out).toContain('"9s"');
      done(await small.mesh('apply', '--yes', '--take-ownership', claim));
      expect(await small.timeouts()).toEqual(['5s']);
      expect((await small.mesh('drift', '--detailed-exitcode')).code).toBe(0);
      small.write({ timeout: 6 });
      done(await small.mesh('apply', '--yes'));
      expect(await small.timeouts()).toEqual(['6s']);
    });

    test('is shared once the spec has its value', async () => {
      small.write({ timeout: 9 });
      done(await small.mesh('apply', '--yes'));
      expect(await small.timeouts()).toEqual(['9s']);
      expect((await small.mesh('drift', '--detailed-exitcode')).code).toBe(0);
    });

    test('is no conflict once the other has put it back', async () => {
      await rawRequest('PATCH', route, { spec: ours });
      done(await small.mesh('apply', '--yes'));
      expect((await small.mesh('drift', '--detailed-exitcode')).code).toBe(0);
    });

    test('is not taken by a claim to another field, nor to fewer than are in conflict', async () => {
      const claim = claimOf(refused);
      const other = await small.mesh('apply', '--yes', '--take-ownership', claim.replace('.http', '.hosts'));
      expect(other.code).toBe(7);
      await rawRequest('PATCH', route, { spec: { hosts: ['elsewhere.example'] } });
      expect((await small.mesh('apply', '--yes', '--take-ownership', claim)).code).toBe(7);
      const both = claimsOf(await small.mesh('apply', '--yes'));
      expect(both).toHaveLength(2);
      done(await small.mesh('apply', '--yes', ...both.flatMap((one) => ['--take-ownership', one])));
      expect(await small.timeouts()).toEqual(['5s']);
    });

    test('is overwritten by a plan that was saved with the claim', async () => {
      const file = path.join(small.root, 'plan.json');
      done(await small.mesh('plan', '--take-ownership', claimOf(refused), '--out', file));
      done(await small.mesh('apply', file));
      expect(await small.timeouts()).toEqual(['5s']);
    });

    test('is overwritten by a resumed run that named it when it began', async () => {
      const proxy = await startFaultProxy();
      proxy.faultOf = ({ method, path: asked }) =>
        method === 'PATCH' && asked.includes('force=true') && !asked.includes('dryRun')
          ? { status: 400 }
          : undefined;
      const claim = ['--take-ownership', claimOf(refused)];
      const broken = await small.run(['apply', '--yes', ...claim], {
        kubeconfig: proxy.kubeconfig(small.root),
      });
      await proxy.stop();
      expect(broken.code, broken.error).toBe(8);
      expect(await small.timeouts()).toEqual(['9s']);
      done(await small.mesh('apply', '--resume', '--yes'));
      expect(await small.timeouts()).toEqual(['5s']);
    });

    test('is overwritten by a rollback that names it', async () => {
      small.write({ timeout: 9 });
      done(await small.mesh('apply', '--yes'));
      const back = await small.mesh('rollback', '--yes');
      expect(back.code).toBe(7);
      done(await small.mesh('rollback', '--yes', '--take-ownership', claimOf(back)));
      expect(await small.timeouts()).toEqual(['5s']);
    });
  });

  test('a claim without an object is an error of usage', async () => {
    expect((await small.mesh('apply', '--yes', '--take-ownership', '.spec.http')).code).toBe(64);
  });

  test('an object is adopted, with the values that change in the plan, and released with its values', async () => {
    const planned = JSON.parse((await small.mesh('plan', '--format', 'json')).out) as PlanJson;
    const ref =
      planned.targets.cluster.objects.find((one) => one.ref.includes('/VirtualService/'))?.ref ?? '';
    const [, , namespace = '', name = ''] = ref.split('/');
    const kind = await kindOf(cluster, 'networking.istio.io/v1', 'VirtualService');
    const made = await cluster.create(kind, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name, namespace, annotations: { mine: 'yes' } },
      spec: { hosts: ['mine.example'], exportTo: ['.'] },
    });
    const refused = await small.mesh('apply', '--yes');
    expect(refused.code).toBe(7);
    expect(refused.error).toContain(`--adopt ${ref}`);
    expect((await cluster.read(kind, { namespace, name }))?.metadata.resourceVersion).toBe(
      made?.metadata.resourceVersion,
    );
    const conflict = await small.mesh('apply', '--yes', '--adopt', ref);
    expect(conflict.code).toBe(7);
    const claims = claimsOf(conflict).flatMap((one) => ['--take-ownership', one]);
    const adopting = await small.mesh('plan', '--adopt', ref, ...claims, '--format', 'json');
    const { objects } = (JSON.parse(adopting.out) as PlanJson).targets.cluster;
    expect(objects.find((one) => one.ref === ref)).toMatchObject({ op: 'adopt' });
    expect(JSON.stringify(objects.find((one) => one.ref === ref))).toContain('mine.example');
    done(await small.mesh('apply', '--yes', '--adopt', ref, ...claims));
    const adopted = await cluster.read(kind, { namespace, name });
    expect(adopted?.metadata).toMatchObject({ uid: made?.metadata.uid, annotations: { mine: 'yes' } });
    expect(await small.timeouts()).toEqual(['5s']);
    // A field that its maker put beside ours stays, and keeps the route from other namespaces.
    const left = await small.mesh('drift', '--detailed-exitcode');
    expect(left.code).toBe(2);
    expect(left.out).toContain('spec.exportTo');

    small.write({ services: [] });
    done(await small.mesh('apply', '--yes', '--allow-prune-percent', '100'));
    const released = await cluster.read(kind, { namespace, name });
    expect(released?.metadata.uid).toBe(made?.metadata.uid);
    expect(released?.['spec']).toEqual(adopted?.['spec']);
    expect(JSON.stringify(released?.metadata.labels ?? {})).not.toContain('applyset');
    expect(JSON.stringify(released?.metadata.managedFields)).not.toContain('"mesh/ownership');
  });
});

interface PlanJson {
  readonly targets: { readonly cluster: { readonly objects: readonly { readonly ref: string }[] } };
}

function done({ code, error }: Ran): void {
  expect(code, error).toBe(0);
}

function claimsOf({ error }: Ran): readonly string[] {
  const claims = [...error.matchAll(/--take-ownership (\S+)/g)].map(([, claim = '']) => claim);
  return [...new Set(claims)];
}

function claimOf(ran: Ran): string {
  return claimsOf(ran)[0] ?? '';
}
