import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { targets } from '../../../src/core/targets/registry.ts';

/** Kinds whose CRDs have defaults, by the structural schemas of the Gateway API's standard channel. */
const withDefaults = Object.entries(
  JSON.parse(
    readFileSync(new URL('../../schemas/gateway-api-standard.gen.json', import.meta.url), 'utf8'),
  ) as Readonly<Record<string, unknown>>,
).flatMap(([kind, schema]) => (JSON.stringify(schema).includes('"default":') ? [kind] : []));

test.each(Object.entries(targets))('%s has the defaults of the CRDs of its objects', async (_, load) => {
  const { default: target } = await load();
  expect(withDefaults.length).toBeGreaterThan(3);
  const owned = target.owns.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  const wanted = withDefaults.filter((kind) => owned.includes(kind));
  expect(Object.keys(target.defaults?.({}) ?? {})).toEqual(expect.arrayContaining(wanted));
});
