import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatedMesh } from '../bench/generated-mesh.ts';
import { Repository } from './repository.ts';

const files = generatedMesh(120).map(({ file, bytes }) => [file, new TextDecoder().decode(bytes)] as const);

/** Returns the tree below a folder: text of files, targets of links. */
function tree(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const content = entry.isFile()
        ? readFileSync(file, 'utf8')
        : entry.isSymbolicLink()
          ? readlinkSync(file)
          : 'folder';
      return [path.relative(folder, file), content];
    }),
  );
}

class Compiling extends Repository {
  constructor() {
    super(Object.fromEntries(files));
  }

  readonly out = path.join(this.root, 'build/envoy');

  compile(env: Readonly<Record<string, string>> = {}, ...args: readonly string[]) {
    const cache = { MESHWRIGHT_CACHE: path.join(this.root, '.cache') };
    return this.mesh(['compile', '--out', 'build', ...args], { env: { ...cache, ...env } });
  }

  /** The time at which the index was written. */
  get written(): number {
    return statSync(path.join(this.out, 'index.json')).ctimeMs;
  }

  /** Compares files and output with those of a compile without earlier results. */
  expectAsFromNothing(said: ReturnType<Compiling['compile']>, ...args: readonly string[]): void {
    const here = tree(this.out);
    rmSync(this.out, { recursive: true });
    const cold = this.compile({ MESH_CACHE: 'off' }, ...args);
    expect(said).toEqual(cold);
    expect(Object.keys(here)).toEqual(Object.keys(tree(this.out)));
    expect(here).toEqual(tree(this.out));
  }
}

describe('a second compile of the same input', () => {
  test('writes nothing and prints the same', () => {
    const compiling = new Compiling();
    const first = compiling.compile();
    const { written } = compiling;
    const again = compiling.compile();
    expect(again).toEqual(first);
    expect(compiling.written).toBe(written);
    compiling.expectAsFromNothing(again);
  });

  test('repairs an output that was changed in any way', () => {
    const compiling = new Compiling();
    const said = compiling.compile();
    const { out } = compiling;
    const made = tree(out);
    const link = path.join(out, 'proxies/n0-s1-default-0/sds.json');
    const changes: readonly (() => void)[] = [
      () => writeFileSync(path.join(out, 'config/current/trust/large.example.json'), '{}'),
      () => writeFileSync(path.join(out, 'config/current/scopes/n0.s1/x.json'), '{}'),
      () => rmSync(path.join(out, 'config/current/scopes/n0.s1/rds.json')),
      () => mkdirSync(path.join(out, 'new')),
      () => {
        rmSync(link);
        symlinkSync('/etc/passwd', link);
      },
      () => rmSync(out, { recursive: true }),
    ];
    for (const change of changes) {
      change();
      expect(compiling.compile()).toEqual(said);
      expect(tree(out)).toEqual(made);
    }
  });

  test.each<[string, (compiling: Compiling) => void]>([
    [
      'a rule has changed',
      (compiling) => compiling.write('services/n0/s1.yaml', files[2]![1].replace('GET', 'PUT')),
    ],
    [
      'a document was removed',
      (compiling) => compiling.write('services/n1/s77.yaml', files[78]![1].split('---')[0]!),
    ],
  ])('is not reused if %s', (_what, change) => {
    const compiling = new Compiling();
    compiling.compile();
    change(compiling);
    const again = compiling.compile();
    compiling.expectAsFromNothing(again);
  });

  test('reads the files outside the spec again', () => {
    const compiling = new Compiling();
    expect(compiling.compile().error).toContain('MESH6000');
    expect(compiling.mesh(['certs', 'init']).code).toBe(0);
    const again = compiling.compile();
    expect(again.error).not.toContain('MESH6000');
    compiling.expectAsFromNothing(again);
  });

  test('is not reused with other options', () => {
    const compiling = new Compiling();
    compiling.compile();
    expect(compiling.compile({}, '--fail-on', 'warning').code).toBe(3);
    expect(compiling.compile({}, '--quiet')).toEqual({ code: 0, out: '', error: '' });
    expect(compiling.compile({}, '--target', 'none').code).toBe(64);
  });
});
