import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const core = 'src/core';
const names = /envoy|istio|xds|sds|linkerd|consul|kuma|cilium/i;

/** Files outside the targets that name a mesh or a proxy. The list only gets shorter. */
const allowed: ReadonlySet<string> = new Set([
  // The language names the platforms, and takes over the attributes, limits and headers of one proxy.
  'ir/target-config.ts',
  'ir/owned-header.ts',
  'spec/types.gen.ts',
  'spec/validate.gen.ts',
  'analyze/analyzers/expression.ts',
  'analyze/analyzers/owned-headers.ts',
  'analyze/expressions/attributes.ts',
  'analyze/expressions/expression-problem.ts',
  'analyze/expressions/regex-cost.ts',
  'lib/compile-pattern.ts',
  'lib/program-size.ts',
  // `mesh init` writes a mesh for a platform, and `mesh doctor` looks for a proxy on this machine.
  'init/ignored-lines.ts',
  'init/starter-documents.ts',
  'doctor/envoy-check.ts',
]);

test('no text in the core outside the targets names a mesh or a proxy, comments included', () => {
  const files = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('targets/'),
  );
  expect(files.length).toBeGreaterThan(100);
  const naming = files.filter(
    (file) => names.test(file) || names.test(readFileSync(`${core}/${file}`, 'utf8')),
  );
  expect(naming.sort()).toEqual([...allowed].sort());
});

/** Places that only the driver of a directory may know: its folders and links, and the folder of its memory. */
const places = /config\/current|secrets\/|revisions\/|\.mesh\b/;

test('no text of the engine names a place in an output, comments included', () => {
  const rooms = ['run', 'history', 'lock', 'status', 'drift'];
  const files = rooms.flatMap((room) => readdirSync(`${core}/${room}`).map((file) => `${room}/${file}`));
  expect(files.length).toBeGreaterThan(40);
  expect(files.filter((file) => places.test(readFileSync(`${core}/${file}`, 'utf8')))).toEqual([]);
});
