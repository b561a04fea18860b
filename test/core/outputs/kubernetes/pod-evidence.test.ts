import { describe, expect, test } from 'vitest';
import { type MeshPods, podEvidence } from '../../../../src/core/outputs/kubernetes/evidence/pod-evidence.ts';
import type { SeenPod } from '../../../../src/core/outputs/kubernetes/evidence/proxy-pod.ts';
import type { PodTrust } from '../../../../src/core/targets/pod-trust.ts';

const minute = 60_000;
/** The Secret changes at 10:00, the roots at 10:01; the authority's pod is ready at 10:03. */
const ten = Date.parse('2026-01-01T10:00:00Z');

const trust: PodTrust = {
  container: 'proxy',
  authority: {},
  roots: { configMap: 'roots', key: 'ca', writtenBy: 'authority', variable: 'ROOTS' },
};

const pod = (name: string, started: number, more: Partial<SeenPod> = {}): SeenPod => ({
  ...{ namespace: 'shop', name, workload: 'deployment/web', started: ten + started * minute },
  ...more,
});
const signer = (name: string, started: number): SeenPod =>
  pod(name, started, { namespace: 'mesh', workload: 'deployment/ca', ready: ten + (started + 1) * minute });

function evidence(changes: Partial<MeshPods>, of = trust) {
  const pods: MeshPods = {
    handed: { certificate: 'issuer', changed: ten },
    authority: [signer('ca-1', 2)],
    proxies: [],
    roots: new Map([['shop', { bundle: 'both', changed: ten + minute }]]),
    ...changes,
  };
  return new Map(podEvidence(pods, of).map((one) => [one.id, one]));
}

const web = (changes: Partial<MeshPods>, of = trust) => evidence(changes, of).get('shop/deployment/web');

describe('the trust of pods', () => {
  test('is that of the Secret once the authority and then the pod have restarted', () => {
    expect(web({ proxies: [pod('web-1', 4)] })).toEqual({
      id: 'shop/deployment/web',
      bundles: ['both'],
      certificates: ['issuer'],
      restart: 'kubectl -n shop rollout restart deployment/web',
    });
  });

  test('is unknown for a pod that started while a replaced pod of the authority could still answer', () => {
    const found = web({ proxies: [pod('web-1', 3.5)] });
    expect(found).toMatchObject({ bundles: [], certificates: [] });
    expect(found).toMatchObject({ hidden: { certificates: expect.stringContaining('1 of 1 pods (web-1)') } });
  });

  test('is unknown for a pod older than the change, and its workload has the command that restarts it', () => {
    const found = web({ proxies: [pod('web-1', 5), pod('web-2', 1)] });
    expect(found).toMatchObject({
      hidden: { bundles: expect.stringContaining('1 of 2 pods (web-2): it started at 2026-01-01T10:01:00') },
      restart: 'kubectl -n shop rollout restart deployment/web',
    });
  });

  test('has an unknown issuer until every pod of the authority has restarted', () => {
    const authority = [signer('ca-1', 2), signer('ca-2', -1)];
    const found = evidence({ authority, proxies: [pod('web-1', 9)] });
    expect(found.get('the authority mesh/deployment/ca')).toMatchObject({
      hidden: { certificates: expect.stringContaining('ca-2') },
      restart: 'kubectl -n mesh rollout restart deployment/ca',
    });
    // With two pods of the authority nobody knows which of them wrote the ConfigMap, either.
    expect(found.get('shop/deployment/web')).toMatchObject({
      ...{ bundles: [], certificates: [] },
      hidden: { bundles: expect.stringContaining('ca-2'), certificates: expect.stringContaining('ca-2') },
    });
  });

  test('shows the roots of a single authority that took them over as it ran, and no issuer', () => {
    expect(web({ authority: [signer('ca-1', -60)], proxies: [pod('web-1', 3)] })).toMatchObject({
      bundles: [],
    });
    const found = web({ authority: [signer('ca-1', -60)], proxies: [pod('web-1', 9)] });
    expect(found).toMatchObject({ bundles: ['both'], certificates: [] });
    expect(found).toMatchObject({ hidden: { certificates: expect.stringContaining('ca-1') } });
  });

  test('is read from the variable of a pod, whenever the pod started', () => {
    const found = web({ proxies: [pod('web-1', -60, { roots: 'old' }), pod('web-2', 9)] });
    expect(found).toMatchObject({ bundles: ['old', 'both'] });
  });

  test('takes roots that an apply writes from the start of the pod, whatever the authority does', () => {
    const of: PodTrust = { ...trust, roots: { ...trust.roots, writtenBy: 'apply' } };
    const authority = [signer('ca-1', -60), signer('ca-2', -60)];
    expect(web({ authority, proxies: [pod('web-1', 2)] }, of)).toMatchObject({ bundles: ['both'] });
    expect(web({ authority, proxies: [pod('web-1', 1)] }, of)).toMatchObject({ bundles: [] });
  });

  test('is unknown without pods of the authority, without roots, and without the Secret', () => {
    const proxies = [pod('web-1', 9)];
    for (const lost of [{ authority: [] }, { handed: undefined }])
      expect(web({ ...lost, proxies }), JSON.stringify(lost)).toMatchObject({
        certificates: [],
        hidden: { certificates: expect.any(String) },
      });
    expect(web({ roots: new Map(), proxies })).toMatchObject({
      bundles: [],
      hidden: { bundles: expect.any(String) },
    });
  });

  test('is not asked of a pod that does not run, and a lone pod has no command', () => {
    const { started: _, ...pending } = pod('web-1', 0);
    expect(web({ proxies: [pending] })).toMatchObject({ bundles: [] });
    expect(web({ proxies: [pending] })).not.toHaveProperty('hidden');
    const lone = evidence({ proxies: [pod('job', 0, { workload: 'pod/job' })] }).get('shop/pod/job');
    expect(lone).toHaveProperty('hidden');
    expect(lone).not.toHaveProperty('restart');
  });
});
