import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseRequest } from '../../src/core/explain/request/parse-request.ts';
import { caseOf } from './harness/case-of.ts';
import { RunningMesh } from './harness/running-mesh.ts';
import { streamDifferences } from './harness/stream-differences.ts';

const envoy = process.env['ENVOY'];

/** Rules of the service `plain`, whose port redis takes plain text, too. */
const accesses: readonly (readonly [string, ...string[]])[] = [
  ['the port', 'allow: {from: [{anyone: true}], except: [{to: [{ports: [redis]}]}]}'],
  ['a caller', 'allow: {from: [{anyone: true}], except: [{from: [{service: web}]}]}'],
  [
    'a caller whom a deny spares',
    'allow: {from: [{namespace: shop}]}',
    'deny: {from: [{namespace: shop}], except: [{from: [{service: web}]}]}',
  ],
  ['the port from a deny', 'allow: {from: [{anyone: true}]}', 'deny: {except: [{to: [{ports: [redis]}]}]}'],
];

describe.skipIf(envoy === undefined)('exceptions at a port of streams, on real Envoys', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mesh-stream-exceptions-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(accesses)('of %s hold as decide says', async (_what, ...rules) => {
    const streams = caseOf('streams');
    cpSync(streams.directory, folder, { recursive: true });
    const file = path.join(folder, 'routes.yaml');
    const text = readFileSync(file, 'utf8');
    const changed = text.replace(
      /(service: plain\n {2}rules:\n)[^]*?(?=\n---|$)/,
      (_whole, start: string) => `${start}${rules.map((rule) => `    - ${rule}`).join('\n')}\n`,
    );
    expect(changed).not.toBe(text);
    writeFileSync(file, changed);
    const mesh = await RunningMesh.start({ ...streams, directory: folder }, envoy ?? '');
    try {
      for (const from of ['anonymous', 'shop/web', 'ops/tool']) {
        const parsed = parseRequest(mesh.moved({ from, to: 'shop/plain', port: 'redis' }), mesh.ir);
        if ('problem' in parsed) throw new Error(parsed.problem);
        expect(await streamDifferences(mesh, parsed.request), from).toEqual([]);
      }
    } finally {
      await mesh.stop();
    }
  });
});
