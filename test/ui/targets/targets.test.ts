import { describe, expect, test } from 'vitest';
import { matrixOf } from '../../../src/core/targets/matrix.ts';
import { targets } from '../../../src/core/targets/registry.ts';
import { palette } from '../../../src/ui/palette.ts';
import { matrixText } from '../../../src/ui/targets/matrix-text.ts';
import { targetText } from '../../../src/ui/targets/target-text.ts';
import { targetsMarkdown } from '../../../src/ui/targets/targets-markdown.ts';

const loaded = await Promise.all(Object.values(targets).map(async (load) => (await load()).default));
const plain = palette(false);

describe('the capabilities of targets', () => {
  test.each([40, 80, 200])('fit %i columns', (columns) => {
    const shown = matrixText(matrixOf(loaded), plain, columns);
    const each = loaded.map((target) => targetText(matrixOf([target]), plain, columns));
    for (const line of [shown, ...each].join('').split('\n')) {
      // A word that is longer than the terminal can't be broken.
      if (/\S +\S/.test(line.trim())) expect(line.length, line).toBeLessThanOrEqual(columns);
    }
  });

  test('are a table of all modes, a table of targets, or blocks with the same words, by width', () => {
    // Use only these three: the width of the table depends on the number of targets.
    const three = matrixOf(loaded.filter(({ name }) => ['envoy', 'istio', 'gateway-api'].includes(name)));
    const wide = matrixText(three, plain, 240);
    expect(wide).toMatch(/^feature +envoy +istio\/sidecar +istio\/ambient +gateway-api\/standard /);
    expect(wide).toMatch(/^settings\.rate-limit-service +none /m);
    const ordinary = matrixText(three, plain, 80);
    expect(ordinary).toMatch(/^feature +envoy +istio +gateway-api\n/);
    expect(ordinary).toContain('in their default mode');
    const narrow = matrixText(three, plain, 40);
    expect(narrow).toContain('\nsettings.rate-limit-service\n  none     envoy, istio, gateway-api\n');
    expect(`\n${narrow}`).toContain(
      '\negress.deny\n  full     envoy, istio/sidecar\n  none     istio/ambient, gateway-api\n',
    );
  });

  test('of one target have a reason for each feature that is not fully supported', () => {
    for (const target of loaded) {
      const shown = targetText(matrixOf([target]), plain, 100_000);
      for (const capability of Object.values(target.capabilities)) {
        if (capability === 'full') continue;
        expect(shown).toContain('none' in capability ? capability.none : capability.partial);
        expect(shown).toContain(`What callers notice: ${capability.callers}.`);
      }
      for (const { note = '' } of Object.values(target.modes ?? {})) expect(shown).toContain(note);
    }
  });

  test('of one target name the `mesh import` that reads its native configuration', () => {
    for (const target of loaded.filter(({ reader }) => reader !== undefined))
      expect(targetText(matrixOf([target]), plain, 100_000)).toContain(`mesh import --from ${target.name}`);
  });

  test('Markdown has a row for each feature and a column for each mode', () => {
    const page = targetsMarkdown(matrixOf(loaded));
    const rows = page.split('\n').filter((line) => line.startsWith('| <code>'));
    expect(rows).toHaveLength(matrixOf(loaded).rows.length);
    expect(new Set(rows.map((row) => row.split(/(?<!\\)\|/).length)).size).toBe(1);
  });
});
