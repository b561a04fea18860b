import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BenchMesh, fileSystem, startUpRatio } from './bench-mesh.ts';
import { foundIstioctl, implied, istioctlFigures } from './istioctl.ts';
import { type MeshShape, meshShapes } from './mesh-shape.ts';
import { type Row, tables } from './table.ts';

/** Measures whole processes, all in one run: read ratios and growth, not seconds of another machine. `--write` puts it into docs. */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,1000,5000,10000' },
    platforms: { type: 'string', default: 'envoy,istio' },
    write: { type: 'boolean', default: false },
  },
});
const page = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));
const platforms = values.platforms.split(',');
const istioctl = platforms.includes('istio') ? foundIstioctl() : undefined;
if (istioctl === undefined) console.warn('there is no istioctl: nothing is compared with it');

const { ratio, bare } = startUpRatio(15);
const sizes = values.sizes.split(',').map(Number);
const sections = meshShapes.map((shape) => {
  const rows = sizes.map((size) => measured(shape, size));
  return `### ${shape.title}\n\n${tables(rows)}`;
});
const text = `\`mesh --version\` takes ${ratio.toFixed(2)} times as long as \`node -e 0\` (${(bare * 1000).toFixed(0)} ms). ${machine()}

${sections.join('\n')}`;
console.log(text);
if (values.write) writeFileSync(page, renewed(readFileSync(page, 'utf8'), text));

function measured(shape: MeshShape, size: number): Row {
  console.warn(`${shape.title}: ${String(size)} services …`);
  const runs = size > 1000 ? 3 : 5;
  const mesh = new BenchMesh(shape.sources(size, platforms), runs);
  try {
    const validate = mesh.validate();
    const compile = Object.fromEntries(platforms.map((name) => [name, mesh.compile(name)] as const));
    const beside =
      istioctl && istioctlFigures(istioctl, mesh.output('istio'), implied(shape, size), size > 1000 ? 1 : 3);
    return { size, validate, compile, ...(beside && { istioctl: beside }) };
  } finally {
    mesh.remove();
  }
}

function machine(): string {
  const memory = `${String(Math.round(totalmem() / 1e9))} GB of memory`;
  const place = fileSystem === '/dev/shm' ? ', files on a file system in memory' : '';
  return `Measured with Node.js ${process.versions.node} on ${String(availableParallelism())} cores and ${memory}${place}.`;
}

/** The page with another text between its marks. */
function renewed(written: string, figures: string): string {
  const marks = /(<!-- figures -->\n)[\s\S]*(<!-- end of figures -->)/;
  if (!marks.test(written)) throw new Error(`${page} has no place for figures`);
  return written.replace(marks, (_, start: string, end: string) => `${start}\n${figures}\n${end}`);
}
