import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Ir } from '../../src/core/ir/ir.ts';
import { compareMeshes } from '../../src/core/reach/compare-meshes.ts';
import { linkedSources } from '../cases/linked-mesh.ts';
import { BenchMesh } from './bench-mesh.ts';
import { ruledMesh, rulesOfService } from './ruled-mesh.ts';

/**
 * Measures the exact comparison of rules in seconds of processor time, so that other work on the machine matters little.
 * `--write` puts the figures into docs.
 */
const { values } = parseArgs({
  options: {
    access: { type: 'string', default: '1000' },
    diff: { type: 'string', default: '5000' },
    changed: { type: 'string', default: '100' },
    write: { type: 'boolean', default: false },
  },
});
const page = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));

const listed = Number(values.access);
const access = accessFigures(listed);
const [size, changed] = [Number(values.diff), Number(values.changed)];
const diff = diffFigures(size, changed);
const count = (number: number): string => number.toLocaleString('en');
const text = `| | processor time | in runs of \`mesh validate\` |
| --- | ---: | ---: |
| \`mesh validate\`, nothing known: ${count(listed)} services, ${count(listed * rulesOfService)} rules | ${access.validate.toFixed(1)} s | 1.0 |
| \`mesh access\` of all of them, nothing known | ${access.cold.toFixed(1)} s | ${(access.cold / access.validate).toFixed(1)} |
| \`mesh access\` again, from the cache | ${access.cached.toFixed(1)} s | ${(access.cached / access.validate).toFixed(2)} |
| the difference of ${count(changed)} changed services of ${count(size)}, beyond loading (${count(diff.found)} kinds of requests) | ${diff.seconds.toFixed(1)} s | ${(diff.seconds / access.validate).toFixed(2)} |
`;
console.log(text);
if (values.write) {
  const marks = /(<!-- engine -->\n)[\s\S]*(<!-- end of engine -->)/;
  const written = readFileSync(page, 'utf8');
  if (!marks.test(written)) throw new Error(`${page} has no place for the figures of the engine`);
  writeFileSync(
    page,
    written.replace(marks, (_, start: string, end: string) => `${start}\n${text}\n${end}`),
  );
}

function accessFigures(services: number): {
  readonly validate: number;
  readonly cold: number;
  readonly cached: number;
} {
  const mesh = new BenchMesh(ruledMesh(services), 1);
  try {
    return mesh.access();
  } finally {
    mesh.remove();
  }
}

/** Seconds of the comparison alone, and the number of kinds of requests that change. */
function diffFigures(services: number, edits: number): { readonly seconds: number; readonly found: number } {
  const every = Math.floor(services / edits);
  const before = linked(ruledMesh(services));
  const after = linked(ruledMesh(services, (number) => number % every === 0));
  const start = process.cpuUsage();
  const { gained, lost, routing, unproved } = compareMeshes(before, after);
  const { user, system } = process.cpuUsage(start);
  if (unproved.length > 0) throw new Error(`not proved: ${unproved.join('; ')}`);
  return { seconds: (user + system) / 1e6, found: gained.length + lost.length + routing.length };
}

function linked(sources: ReturnType<typeof ruledMesh>): Ir {
  return linkedSources({ sources, unreadable: [] });
}
