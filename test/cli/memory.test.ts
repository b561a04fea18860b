import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatedMesh } from '../bench/generated-mesh.ts';
import { Repository } from './repository.ts';

/** Returns a mesh with a finding that is large enough for its results to be kept. */
function large(): Repository {
  const files = generatedMesh(90).map(({ file, bytes }) => [file, new TextDecoder().decode(bytes)] as const);
  const method = 'services/n0/s0.yaml';
  return new Repository(
    Object.fromEntries(
      files.map(([file, text]) => [file, file === method ? text.replace('[GET]', '[get]') : text]),
    ),
  );
}

class Remembering {
  readonly repository = large();
  readonly cache = path.join(this.repository.root, '.cache');
  readonly results = path.join(this.cache, 'results');

  /** Runs validate, with or without earlier results. */
  validate(env: Readonly<Record<string, string>> = {}, ...args: readonly string[]) {
    return this.repository.mesh(['validate', '--format', 'json', ...args], {
      env: { MESHWRIGHT_CACHE: this.cache, ...env },
    });
  }

  files(): readonly string[] {
    return readdirSync(this.results).map((name) => path.join(this.results, name));
  }
}

const off = { MESH_CACHE: 'off' };

describe('the memory of runs', () => {
  test('is readable only for this user, and is not kept with MESH_CACHE=off or for a small mesh', () => {
    const remembering = new Remembering();
    expect(remembering.validate(off).out).toContain('MESH2207');
    expect(existsSync(remembering.results)).toBe(false);
    remembering.validate();
    expect(statSync(remembering.results).mode & 0o777).toBe(0o700);
    const modes = remembering.files().map((file) => statSync(file).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600]);
  });

  test('never changes the output after edits, in another environment, or with other options', () => {
    const remembering = new Remembering();
    const { repository } = remembering;
    const same = (...args: readonly string[]): void => {
      const cold = remembering.validate(off, ...args);
      expect(remembering.validate({}, ...args)).toEqual(cold);
      expect(remembering.validate({}, ...args)).toEqual(cold);
    };
    same();
    repository.write('services/n0/s1.yaml', 'a: [');
    same();
    repository.write('services/n0/s1.yaml', '# nothing\n');
    same();
    same('--strict-files');
    repository.write(
      'environments/e/a.yaml',
      'apiVersion: mesh/v1\nkind: Service\nmetadata: {name: s2, namespace: n0}\nspec: {calls: null}\n',
    );
    same('--env', 'e');
    same();
    same('services/n0/s0.yaml');
    rmSync(path.join(repository.root, 'services/n0/s2.yaml'));
    same();
  });

  test.each<[string, (remembering: Remembering) => void]>([
    ['empty', (remembering) => remembering.files().forEach((file) => truncateSync(file, 0))],
    [
      'half',
      (remembering) =>
        remembering.files().forEach((file) => truncateSync(file, Math.floor(statSync(file).size / 2))),
    ],
    [
      'altered',
      (remembering) =>
        remembering.files().forEach((file) => {
          const text = readFileSync(file, 'latin1');
          writeFileSync(file, text.replaceAll('n0', 'n1'), 'latin1');
        }),
    ],
    [
      'swapped with each other',
      (remembering) => {
        const [one = '', other = ''] = remembering.files();
        renameSync(one, `${one}.x`);
        renameSync(other, one);
        renameSync(`${one}.x`, other);
      },
    ],
    ['writable by others', (remembering) => remembering.files().forEach((file) => chmodSync(file, 0o666))],
    [
      'folders',
      (remembering) =>
        remembering.files().forEach((file) => {
          rmSync(file);
          mkdirSync(file);
        }),
    ],
    [
      'links',
      (remembering) =>
        remembering.files().forEach((file) => {
          renameSync(file, `${file}.x`);
          symlinkSync(`${file}.x`, file);
        }),
    ],
    ['in a folder that others may write to', ({ results }) => chmodSync(results, 0o777)],
  ])('does not change the output if its files are %s', (_name, spoil) => {
    const remembering = new Remembering();
    const cold = remembering.validate(off);
    expect(remembering.validate()).toEqual(cold);
    spoil(remembering);
    expect(remembering.validate()).toEqual(cold);
    expect(remembering.validate()).toEqual(cold);
  });

  test('is used: its results are printed', () => {
    const remembering = new Remembering();
    remembering.validate();
    const kept = new Map(remembering.files().map((file) => [file, readFileSync(file)]));
    remembering.validate();
    for (const [file, bytes] of kept) expect(readFileSync(file).equals(bytes)).toBe(true);
    remembering.repository.write('services/n0/s1.yaml', '# nothing\n');
    remembering.validate();
    expect([...kept].filter(([file, bytes]) => !readFileSync(file).equals(bytes)).length).toBeGreaterThan(0);
  });
});
