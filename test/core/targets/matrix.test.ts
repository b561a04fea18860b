import { describe, expect, test } from 'vitest';
import { features } from '../../../src/core/ir/feature.ts';
import { capabilitiesOf } from '../../../src/core/targets/capabilities-of.ts';
import { levelOf, matrixOf, reasonOf } from '../../../src/core/targets/matrix.ts';
import { targets } from '../../../src/core/targets/registry.ts';
import type { Capabilities, Target } from '../../../src/core/targets/target.ts';

const { default: envoy } = await targets.envoy();

const all = (change: Partial<Capabilities> = {}): Capabilities =>
  ({ ...Object.fromEntries(Object.keys(features).map((name) => [name, 'full'])), ...change }) as Capabilities;

/** A target with a mode `quick` that has no retries. */
const pigeon: Target = {
  ...envoy,
  name: 'istio',
  capabilities: all(),
  modes: {
    quick: {
      title: 'Quick',
      capabilities: all({ 'settings.retries': { none: 'pigeons rest', callers: 'nothing comes back' } }),
      note: 'tried on doves',
    },
  },
  optionsSchema: { properties: { mode: { enum: ['slow', 'quick'], default: 'slow' } } },
};

describe('capabilitiesOf', () => {
  const slow = all({ 'settings.timeout': { none: 'doves take their time', callers: 'a long wait' } });
  const quick = all();
  const dove = {
    capabilities: all({ 'route.split': { none: 'one dove, one letter', callers: 'one answer' } }),
    modes: {
      slow: { title: 'Slow', options: { breed: 'dove' }, capabilities: slow },
      quick: { title: 'Quick', options: { breed: 'dove', load: 'none' }, capabilities: quick },
    },
  };

  test.each([
    [{}, dove.capabilities],
    [{ load: 'none' }, dove.capabilities],
    [{ breed: 'dove' }, slow],
    [{ breed: 'dove', load: 'letter' }, slow],
    [{ load: 'none', breed: 'dove' }, quick],
  ])('of the modes that %j chooses, the one with the most options counts', (options, kept) => {
    expect(capabilitiesOf(dove, options)).toBe(kept);
  });

  test('a mode without options is chosen by its name', () => {
    expect(capabilitiesOf(pigeon, { mode: 'quick' })).toBe(pigeon.modes?.['quick']?.capabilities);
    expect(capabilitiesOf(pigeon, { mode: 'slow' })).toBe(pigeon.capabilities);
  });
});

describe('matrixOf', () => {
  test('has a row for every feature and a column for every mode, the default first', () => {
    const { columns, rows } = matrixOf([envoy, pigeon]);
    expect(rows.map(({ feature }) => feature)).toEqual(Object.keys(features));
    expect(columns.map(({ id, isDefault, note }) => [id, isDefault, note])).toEqual([
      ['envoy', true, undefined],
      ['istio/slow', true, undefined],
      ['istio/quick', false, 'tried on doves'],
    ]);
    const cells = rows.find(({ feature }) => feature === 'settings.retries')!.cells;
    expect(cells.map(levelOf)).toEqual(['full', 'full', 'none']);
    const [, , none] = cells;
    expect(none === 'full' || reasonOf(none!)).toBe('pigeons rest');
  });

  test('has the capabilities of the registered targets', async () => {
    for (const load of Object.values(targets)) {
      const { default: target } = await load();
      const { columns, rows } = matrixOf([target]);
      expect(columns).toHaveLength(1 + Object.keys(target.modes ?? {}).length);
      for (const { feature, cells } of rows) {
        expect(cells[0]).toEqual(target.capabilities[feature]);
        for (const [index, { mode }] of columns.entries())
          if (index > 0) expect(cells[index]).toEqual(target.modes?.[mode!]?.capabilities[feature]);
      }
    }
  });
});
