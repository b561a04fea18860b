import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MeshCase, meshCases } from '../../cases/cases.ts';
import { linkedMesh } from '../../cases/linked-mesh.ts';
import { istioCase } from '../harness/istio/istio-case.ts';
import type { LiveMesh } from '../harness/live-mesh.ts';
import { RunningMesh } from '../harness/running-mesh.ts';
import { attackCase, type CaseReport } from './attack-case.ts';

const envoy = process.env['ENVOY'];
const istioXds = process.env['ISTIO_XDS'];
/** All rules of all cases, on Istio too (`npm run attack:proxy`); otherwise two cases, with a third of the spellings each. */
const whole = process.env['ATTACK_PROXY'] === 'all';
const extent = whole ? { requests: 2, share: 1 } : { requests: 1, share: 3 };
const short: ReadonlySet<string> = new Set(['access', 'cookies']);
const cases = meshCases()
  .filter(({ target, silent }) => target !== undefined && silent.length === 0)
  .filter((meshCase) => (whole ? hasRules(meshCase) : short.has(meshCase.name)));

interface Started {
  readonly mesh: LiveMesh & { stop(): Promise<void> };
  readonly moved: <T>(value: T) => T;
}

describe.skipIf(envoy === undefined)('what Access refuses is refused in every spelling', () => {
  describe.each(cases)('$name', (meshCase) => {
    suite('Envoy', async () => {
      const mesh = await RunningMesh.start(meshCase, envoy ?? '');
      return { mesh, moved: (value) => mesh.moved(value) };
    });
    if (whole && istioXds !== undefined) suite('Istio', () => istioCase(meshCase, envoy ?? '', istioXds));

    function suite(platform: string, start: () => Promise<Started>): void {
      describe(platform, () => {
        let started: Started;
        beforeAll(async () => {
          started = await start();
        });
        afterAll(async () => {
          await (started as Started | undefined)?.mesh.stop();
        });

        test('no rule is passed', { timeout: 1_800_000 }, async () => {
          const report = await attackCase(started.mesh, meshCase, started.moved, extent);
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
