import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { podEvidence } from '../../src/core/outputs/kubernetes/evidence/pod-evidence.ts';
import type { SeenPod } from '../../src/core/outputs/kubernetes/evidence/proxy-pod.ts';
import type { PodTrust } from '../../src/core/targets/pod-trust.ts';

const second = 1000;
/** The time at which the Secret changes; before it the authority signs with the old issuer and hands out the old root. */
const changed = 1000 * second;
const trust: PodTrust = {
  container: 'proxy',
  authority: {},
  roots: { configMap: 'roots', key: 'ca', writtenBy: 'authority' },
};

/** A pod of the authority; `loads` is the time at which it takes the Secret over. */
interface Signer {
  readonly started: number;
  readonly ready: number;
  readonly loads: number;
  /** Absent if it still runs. */
  readonly ends?: number;
}

const time = (from: number, to: number) => fc.integer({ min: from, max: to }).map((n) => n * second);

/** A pod that runs now: one that starts after the change reads the new Secret, an older one does so later or never. */
const running = fc
  .record({ started: time(0, 1300), start: time(0, 60), late: fc.option(time(1, 120), { nil: undefined }) })
  .map(
    ({ started, start, late }): Signer => ({
      ...{ started, ready: started + start },
      loads: started > changed ? started : late === undefined ? Number.POSITIVE_INFINITY : changed + late,
    }),
  );

/** The cluster: pods of the authority that run and that are gone, and starts of proxies with the pod that answered each. */
const clusters = fc.record({
  now: fc.array(running, { minLength: 1, maxLength: 3 }),
  gone: fc.array(fc.record({ started: time(0, 900), late: time(1, 120), ends: time(900, 1400) }), {
    maxLength: 2,
  }),
  writer: fc.nat(),
  starts: fc.array(fc.record({ at: time(0, 1600), signer: fc.nat() }), { minLength: 1, maxLength: 4 }),
});

describe('the evidence of pods', () => {
  test('never shows the new roots or the new issuer at a pod that has the old ones', () => {
    let [shownRoots, shownIssuer] = [0, 0];
    fc.assert(
      fc.property(clusters, ({ now, gone, writer, starts }) => {
        // A replaced pod ends within its grace period, once all of its successors are ready.
        const last = Math.max(...now.map(({ ready }) => ready)) + 30 * second;
        const areNew = now.every((one) => one.started > changed);
        const before = gone.map(
          ({ started, late, ends }): Signer => ({
            ...{ started, ready: started },
            // A pod that nobody sees reload may never do so; one that is not replaced does, as the running ones.
            ...(areNew
              ? { loads: Number.POSITIVE_INFINITY, ends: Math.min(ends, last) }
              : { loads: changed + late, ends }),
          }),
        );
        // The ConfigMap has the new roots since one pod that runs now has loaded them.
        const { loads } = now[writer % now.length]!;
        const roots = Number.isFinite(loads)
          ? { bundle: 'new', changed: loads }
          : { bundle: 'old', changed: 0 };
        const all = [...now, ...before];
        const pods = starts.flatMap(({ at, signer }, i): { pod: SeenPod; isNew: boolean }[] => {
          const alive = all.filter((one) => one.started <= at && (one.ends === undefined || at < one.ends));
          const asked = alive[signer % Math.max(1, alive.length)];
          if (asked === undefined) return [];
          const pod = {
            namespace: 'a',
            name: `p${String(i)}`,
            workload: `deployment/p${String(i)}`,
            started: at,
          };
          return [{ pod, isNew: asked.loads <= at }];
        });
        const found = podEvidence(
          {
            handed: { certificate: 'new', changed },
            authority: now.map((one, i) => ({
              ...one,
              namespace: 'm',
              name: `ca-${String(i)}`,
              workload: 'deployment/ca',
            })),
            proxies: pods.map(({ pod }) => pod),
            roots: new Map([['a', roots]]),
          },
          trust,
        );
        for (const { pod, isNew } of pods) {
          const seen = found.find(({ id }) => id === `a/${pod.workload}`);
          if (seen === undefined || !('bundles' in seen)) throw new Error('it has no evidence');
          if (seen.bundles.includes('new')) {
            shownRoots += 1;
            expect(isNew).toBe(true);
          }
          if (seen.certificates.includes('new')) {
            shownIssuer += 1;
            expect(isNew).toBe(true);
          }
          if (!isNew) expect(seen.hidden?.certificates).toBeDefined();
        }
      }),
      { numRuns: 5000 },
    );
    expect(shownRoots).toBeGreaterThan(100);
    expect(shownIssuer).toBeGreaterThan(100);
  });
});
