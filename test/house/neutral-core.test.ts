import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const core = 'src/core';
const names = /envoy|istio|xds|sds|linkerd|consul|kuma|cilium/i;

/** Files outside the targets that may name a mesh or a proxy. No file may be added to the list. */
const allowed: ReadonlySet<string> = new Set([
  // The language names the platforms, the attributes of expressions and the headers that proxies own.
  'ir/owned-header.ts',
  'spec/types.gen.ts',
  'spec/validate.gen.ts',
  'analyze/expressions/attributes.ts',
  // `mesh init` writes a mesh for a platform.
  'init/ignored-lines.ts',
  'init/starter-documents.ts',
]);

test('no text in the core outside the targets names a mesh or a proxy, not even a comment', () => {
  const files = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('targets/'),
  );
  expect(files.length).toBeGreaterThan(100);
  const naming = files.filter(
    (file) => names.test(file) || names.test(readFileSync(`${core}/${file}`, 'utf8')),
  );
  expect(naming.sort()).toEqual([...allowed].sort());
});

/**
 * Matches places that only the driver of a directory may know: its folders and links, and the folder of its records.
 */
const places = /config\/current|secrets\/|revisions\/|\.mesh\b/;

test('no text of the engine names a place in an output, not even a comment', () => {
  const rooms = ['run', 'history', 'lock', 'status', 'drift'];
  const files = rooms.flatMap((room) => readdirSync(`${core}/${room}`).map((file) => `${room}/${file}`));
  expect(files.length).toBeGreaterThan(40);
  expect(files.filter((file) => places.test(readFileSync(`${core}/${file}`, 'utf8')))).toEqual([]);
});
