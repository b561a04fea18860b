import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Request } from '../../../src/core/semantics/request.ts';
import { type MeshCase, meshCases } from '../../cases/cases.ts';
import { linkedMesh } from '../../cases/linked-mesh.ts';
import { istioCase } from '../harness/istio/istio-case.ts';
import { lostFeatures, touches } from '../harness/istio/lost-features.ts';
import type { LiveMesh } from '../harness/live-mesh.ts';
import { RunningMesh } from '../harness/running-mesh.ts';
import { attackCase, type CaseReport } from './attack-case.ts';

const envoy = process.env['ENVOY'];
const istioXds = process.env['ISTIO_XDS'];
/**
 * True for all rules of all cases (`npm run attack:proxy`); otherwise one case on Envoy and Istio and one on Envoy,
 * each with a fifth of the spellings.
 */
const whole = process.env['ATTACK_PROXY'] === 'all';
const extent = whole ? { requests: 2, share: 1 } : { requests: 1, share: 5 };
const short: ReadonlySet<string> = new Set(['access', 'cookies']);
const cases = meshCases()
  .filter(({ target, silent }) => target !== undefined && silent.length === 0)
  .filter((meshCase) => (whole ? hasRules(meshCase) : short.has(meshCase.name)));

interface Started {
  readonly mesh: LiveMesh & { stop(): Promise<void> };
  readonly moved: <T>(value: T) => T;
  /** Returns true if the platform supports all features that a request touches. */
  readonly isKept: (request: Request) => boolean;
}

describe.skipIf(envoy === undefined)('a request that Access refuses is refused in every spelling', () => {
  describe.each(cases)('$name', (meshCase) => {
    suite('Envoy', async () => {
      const mesh = await RunningMesh.start(meshCase, envoy ?? '');
      return { mesh, moved: (value) => mesh.moved(value), isKept: () => true };
    });
    if (istioXds !== undefined && (whole || meshCase.name === 'access'))
      suite('Istio', async () => {
        const started = await istioCase(meshCase, envoy ?? '', istioXds);
        const { ir } = started.mesh;
        const lost = lostFeatures(ir, 'sidecar');
        return { ...started, isKept: (request) => touches(ir, lost, request).length === 0 };
      });

    function suite(platform: string, start: () => Promise<Started>): void {
      describe(platform, () => {
        let started: Started;
        beforeAll(async () => {
          started = await start();
        });
        afterAll(async () => {
          await (started as Started | undefined)?.mesh.stop();
        });

        test('no rule can be bypassed', { timeout: 1_800_000 }, async () => {
          const report = await attackCase({ ...started, meshCase, extent });
          console.info(`${meshCase.name} on ${platform}: ${summary(report)}`);
          expect(report.through.join('\n')).toBe('');
          expect(report.rules === 0 || report.fewest >= 40).toBe(true);
        });
      });
    }
  });
});

function hasRules({ directory, environment }: MeshCase): boolean {
  const { services, gateways } = linkedMesh(directory, environment);
  const owners = [...Object.values(services), ...Object.values(gateways)];
  return owners.some(({ access }) => access.allow.length + access.deny.length > 0);
}

function summary({ rules, requests, sent, fewest, served, idle }: CaseReport): string {
  if (rules === 0) return 'no rule refuses an HTTP request';
  return [
    `${String(rules)} rules`,
    `${String(requests)} requests`,
    `${String(sent)} attacks`,
    `at least ${String(fewest)} spellings a request`,
    `${String(served)} served for comparison`,
    `rules that refuse no HTTP request: ${idle.join(', ') || 'none'}`,
  ].join(', ');
}
