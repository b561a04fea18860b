import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { link } from '../../src/core/ir/link/link.ts';
import { loadSpec } from '../../src/core/spec/load.ts';
import envoy from '../../src/core/targets/envoy/index.ts';
import { files } from '../../src/core/targets/files.ts';
import { generatedMesh } from './generated-mesh.ts';

/** Prints ratios measured in one run, never single times to compare across machines. */
const mesh = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

startUp();
growth();

/** `mesh --version` beside a node that does nothing, in turn. */
function startUp(): void {
  const ratios: number[] = [];
  for (let run = 0; run < 15; run += 1) {
    const bare = timed(() => spawnSync(process.execPath, ['-e', '0']));
    const version = timed(() => spawnSync(process.execPath, [mesh, '--version']));
    ratios.push(version / bare);
  }
  console.log(
    `mesh --version / node -e 0: ${median(ratios).toFixed(2)} (median of ${String(ratios.length)} pairs)`,
  );
}

/** How the cost of each step grows with the mesh: time(n) ~ n^exponent, between the smallest and the largest. */
function growth(): void {
  const sizes = [250, 500, 1000, 2000];
  const rows = sizes.map((size) => ({ size, ...pipeline(size) }));
  console.log('\nservices   load ms   link ms   lower ms   serialise ms   output MB');
  for (const { size, load, linked, lowered, serialised, bytes } of rows) {
    const cells = [load, linked, lowered, serialised].map((time) => time.toFixed(0).padStart(9));
    console.log(`${String(size).padStart(8)}${cells.join(' ')}   ${(bytes / 1e6).toFixed(1).padStart(9)}`);
  }
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return;
  const exponent = (key: 'load' | 'linked' | 'lowered' | 'serialised' | 'bytes'): string =>
    (Math.log(last[key] / first[key]) / Math.log(last.size / first.size)).toFixed(2);
  console.log(
    `growth exponent: load ${exponent('load')}, link ${exponent('linked')}, lower ${exponent('lowered')}, serialise ${exponent('serialised')}, output ${exponent('bytes')}`,
  );
}

function pipeline(size: number) {
  const sources = generatedMesh(size);
  const best = { load: Infinity, linked: Infinity, lowered: Infinity, serialised: Infinity, bytes: 0 };
  for (let run = 0; run < 3; run += 1) {
    const loading = taken(() => loadSpec({ sources, unreadable: [] }, {}));
    const { spec } = loading.value;
    if (!spec) throw new Error(loading.value.diagnostics.map(({ message }) => message).join('\n'));
    const linking = taken(() => link(spec));
    const { ir } = linking.value;
    if (!ir) throw new Error(linking.value.diagnostics.map(({ message }) => message).join('\n'));
    const lowering = taken(() => envoy.lower(ir, { version: '1.40', options: {}, trust: {} }));
    const printing = taken(() => files(lowering.value));
    best.load = Math.min(best.load, loading.time);
    best.linked = Math.min(best.linked, linking.time);
    best.lowered = Math.min(best.lowered, lowering.time);
    best.serialised = Math.min(best.serialised, printing.time);
    best.bytes = printing.value.reduce((sum, { text }) => sum + text.length, 0);
  }
  return best;
}

function taken<T>(work: () => T): { readonly value: T; readonly time: number } {
  const started = performance.now();
  const value = work();
  return { value, time: performance.now() - started };
}

function timed(work: () => unknown): number {
  return taken(work).time;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
