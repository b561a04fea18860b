import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { generatedMesh } from '../bench/generated-mesh.ts';
import { Repository, shop } from './repository.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
const limit = { timeout: 120_000 };
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** Makes Node print the folder of compiled code when the program ends. */
const tellingCache = `--import=data:text/javascript,${encodeURIComponent(
  "import module from 'node:module'; process.on('exit', () => process.stderr.write(`cache ${module.getCompileCacheDir()}`));",
)}`;

/** Returns the folder of compiled code that a run used, if any. */
function compileCache(cwd: string, env: Readonly<Record<string, string>>) {
  const { status, stderr } = spawnSync(process.execPath, [bin, '--version'], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], NODE_OPTIONS: tellingCache, ...env },
  });
  const used = /cache (\S*)$/.exec(stderr)?.[1];
  return { status, stderr, used: used === 'undefined' ? undefined : used };
}

const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);

/** Returns a mesh that is large enough for validate to keep its results. */
function large(): Repository {
  const files = generatedMesh(90).map(({ file, bytes }) => [file, new TextDecoder().decode(bytes)] as const);
  return new Repository(Object.fromEntries(files));
}

/** Functions that make a folder `cache/own` into which another user could have put files. */
const foreign: Readonly<Record<string, (place: string) => void>> = {
  'others may write': (place) => chmodSync(path.join(place, 'cache/own'), 0o777),
  'its group may write': (place) => chmodSync(path.join(place, 'cache/own'), 0o770),
  'others may exchange': (place) => chmodSync(path.join(place, 'cache'), 0o777),
  ...(isRoot && {
    'belongs to somebody else': (place: string) => chownSync(path.join(place, 'cache/own'), nobody, nobody),
    'lies in a folder of somebody else': (place: string) =>
      chownSync(path.join(place, 'cache'), nobody, nobody),
    'is a link of somebody else': (place: string) => {
      mkdirSync(path.join(place, 'real'), { mode: 0o700 });
      spawnSync('mv', [path.join(place, 'cache/own'), path.join(place, 'real/own')]);
      chmodSync(path.join(place, 'cache'), 0o1777);
      symlinkSync(path.join(place, 'real/own'), path.join(place, 'cache/own'));
      spawnSync('chown', ['-h', String(nobody), path.join(place, 'cache/own')]);
    },
  }),
};

/** Makes a folder `cache/own` that belongs only to this user. */
function place(): string {
  const { root } = new Repository({});
  mkdirSync(path.join(root, 'cache/own'), { recursive: true, mode: 0o700 });
  return root;
}

describe('a cache folder that belongs only to this user', () => {
  test('is used for compiled code and results, and is readable only for its owner', limit, () => {
    const own = path.join(place(), 'cache/own');
    const repository = large();
    expect(compileCache(repository.root, { MESHWRIGHT_CACHE: own }).used).toContain(`${own}/compile/`);
    expect(repository.mesh(['validate'], { env: { MESHWRIGHT_CACHE: own } }).code).toBe(0);
    expect(readdirSync(own).sort()).toEqual(['compile', 'results']);
    expect([mode(path.join(own, 'compile')), mode(path.join(own, 'results'))]).toEqual(['700', '700']);
  });

  test('is chosen by XDG_CACHE_HOME or HOME; relative and empty paths choose none', limit, () => {
    const { root } = new Repository({});
    const env = { HOME: root };
    expect(compileCache(root, env).used).toContain(`${root}/.cache/meshwright/compile/`);
    const named = compileCache(root, { ...env, XDG_CACHE_HOME: path.join(root, 'xdg') });
    expect(named.used).toContain(`${root}/xdg/meshwright/compile/`);
    for (const relative of ['', '.', 'planted']) {
      const ran = compileCache(root, { ...env, XDG_CACHE_HOME: relative, MESHWRIGHT_CACHE: relative });
      expect(ran.used).toContain(`${root}/.cache/meshwright/compile/`);
    }
    expect(readdirSync(root).sort()).toEqual(['.cache', 'xdg']);
  });
});

describe.each(Object.entries(foreign))('a cache folder that %s', (_, make) => {
  test('is not used: no code is run from it, no result is read or kept', limit, () => {
    const root = place();
    const own = path.join(root, 'cache/own');
    const repository = large();
    const env = { MESHWRIGHT_CACHE: own };
    make(root);
    expect(compileCache(repository.root, env)).toMatchObject({ status: 0, used: undefined });
    expect(repository.mesh(['validate'], { env }).code).toBe(0);
    expect(readdirSync(own)).toEqual([]);
  });

  test('holds no Envoy that doctor would run', limit, () => {
    const root = place();
    const own = path.join(root, 'cache/own');
    mkdirSync(path.join(own, 'envoy-9.9'), { mode: 0o700 });
    const envoy = path.join(own, 'envoy-9.9/envoy');
    writeFileSync(envoy, `#!/bin/sh\ntouch ${root}/ran\necho version: x/9.9.0/Clean\n`, { mode: 0o755 });
    const repository = new Repository(shop);
    // Use a PATH without an Envoy; only Git is needed.
    const env = { MESHWRIGHT_CACHE: own, PATH: '/usr/bin:/bin', ENVOY: '' };
    expect(repository.mesh(['doctor'], { env }).out).toContain(envoy);
    expect(existsSync(path.join(root, 'ran'))).toBe(true);
    spawnSync('rm', [path.join(root, 'ran')]);
    make(root);
    expect(repository.mesh(['doctor'], { env }).out).not.toContain('envoy-9.9');
    expect(existsSync(path.join(root, 'ran'))).toBe(false);
  });

  test('stops the program if NODE_COMPILE_CACHE names it', limit, () => {
    const root = place();
    const own = path.join(root, 'cache/own');
    expect(compileCache(root, { NODE_COMPILE_CACHE: own })).toMatchObject({ status: 0 });
    make(root);
    const { status, stderr } = compileCache(root, { NODE_COMPILE_CACHE: own });
    expect(status).toBe(1);
    expect(stderr).toContain(`NODE_COMPILE_CACHE names "${own}"`);
    expect(stderr).toContain('unset it');
  });
});

test(
  'a relative NODE_COMPILE_CACHE stops the program: each repository could contain such a folder',
  limit,
  () => {
    const { root } = new Repository({});
    const { status, stderr } = compileCache(root, { NODE_COMPILE_CACHE: 'planted' });
    expect(status).toBe(1);
    expect(stderr).toContain('NODE_COMPILE_CACHE names "planted"');
  },
);
