import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Source } from '../../src/core/source/source.ts';
import { type Command, median, medianTime, peakMemory, resourcesOf } from './measured-process.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

/** Memory, where there is a file system in it: disks differ more than anything that is measured here. */
export const fileSystem = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Figures of one target: seconds and bytes. */
export interface CompileFigures {
  readonly cold: number;
  readonly unchanged: number;
  /** Seconds of the same as a stream that nobody keeps. */
  readonly streamed: number;
  readonly memory: number;
  readonly output: number;
}

/** A generated mesh in a folder of its own, and what `mesh` makes of it. */
export class BenchMesh {
  readonly folder = mkdtempSync(path.join(fileSystem, 'meshwright-bench-'));
  readonly #root = path.join(this.folder, 'mesh');
  readonly #out = path.join(this.folder, 'out');
  readonly #env = { MESHWRIGHT_CACHE: path.join(this.folder, 'cache') };
  readonly #runs: number;
  readonly #edited: string;

  constructor(sources: readonly Source[], runs: number) {
    // Behind the mesh document and the first services.
    this.#edited = path.join(this.#root, sources[Math.min(8, sources.length - 1)]?.file ?? '');
    this.#runs = runs;
    for (const { file, bytes } of sources) {
      mkdirSync(path.dirname(path.join(this.#root, file)), { recursive: true });
      writeFileSync(path.join(this.#root, file), bytes);
    }
  }

  /** Seconds of `validate` with nothing remembered, of the same again, and after an edit of one file. */
  validate(): { readonly cold: number; readonly unchanged: number; readonly changed: number } {
    const command = this.#command('validate');
    const cold = medianTime(withoutMemory(command), this.#runs);
    medianTime(command, 2);
    const unchanged = medianTime(command, this.#runs);
    const changed = medianTime(command, this.#runs, () => {
      appendFileSync(this.#edited, '# edited\n');
    });
    return { cold, unchanged, changed };
  }

  /** `compile --target PLATFORM --out`, which validates first. */
  compile(platform: string): CompileFigures {
    const command = this.#command('compile', '--target', platform, '--out', this.#out);
    const fresh = (): void => {
      rmSync(this.#out, { recursive: true, force: true });
    };
    const cold = medianTime(withoutMemory(command), this.#runs, fresh);
    fresh();
    const memory = peakMemory(withoutMemory(command));
    medianTime(command, 2);
    const unchanged = medianTime(command, this.#runs);
    const streamed = medianTime(withoutMemory(this.#command('compile', '--target', platform)), this.#runs);
    return { cold, unchanged, streamed, memory, output: bytesBelow(this.output(platform)) };
  }

  /** Processor time of `validate` and of a whole `access` with nothing remembered, and of the same `access` again. */
  access(): { readonly validate: number; readonly cold: number; readonly cached: number } {
    const command = this.#command('access', '--format', 'json');
    const validate = resourcesOf(withoutMemory(this.#command('validate'))).processor;
    const cold = resourcesOf(withoutMemory(command)).processor;
    // The first run writes the memory.
    resourcesOf(command);
    return { validate, cold, cached: resourcesOf(command).processor };
  }

  output(platform: string): string {
    return path.join(this.#out, platform);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #command(...args: readonly string[]): Command {
    return { program: process.execPath, args: [bin, ...args, '--quiet'], cwd: this.#root, env: this.#env };
  }
}

/** `mesh --version` in as many starts of a node that does nothing, in turn. */
export function startUpRatio(pairs: number): { readonly ratio: number; readonly bare: number } {
  const bare = { program: process.execPath, args: ['-e', '0'], cwd: tmpdir() };
  const version = { ...bare, args: [bin, '--version'] };
  medianTime(version, 2);
  const ratios = Array.from({ length: pairs }, () => {
    const base = medianTime(bare, 1);
    return { base, ratio: medianTime(version, 1) / base };
  });
  return { ratio: median(ratios.map(({ ratio }) => ratio)), bare: median(ratios.map(({ base }) => base)) };
}

function withoutMemory(command: Command): Command {
  return { ...command, env: { ...command.env, MESH_CACHE: 'off' } };
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size, 0);
}
