import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { Repository, shop } from './repository.ts';

const limit = { timeout: 120_000 };

/** Returns every file below a folder. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${path.sep}.git`))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Returns the files with a private key. */
function keysBelow(folder: string): readonly string[] {
  return filesBelow(folder).filter((file) => /PRIVATE KEY/.test(readFileSync(file, 'latin1')));
}

/** Returns the files that `git add --all` would commit. */
function addable(repository: Repository): readonly string[] {
  return repository.git('ls-files', '--cached', '--others', '--exclude-standard').trim().split('\n');
}

describe('the state folder', () => {
  // XDG Base Directory specification: an unset or empty variable means the default; a relative path is invalid and
  // ignored.
  test.each(['', '.', 'state', './state', '../state'])('XDG_STATE_HOME=%j is ignored', limit, (state) => {
    const repository = new Repository(shop).committed();
    const home = new Repository({});
    const ran = repository.mesh(['certs', 'init'], { env: { XDG_STATE_HOME: state, HOME: home.root } });
    expect(ran).toMatchObject({ code: 0, error: '' });
    expect(keysBelow(repository.root)).toEqual([]);
    expect(keysBelow(path.join(home.root, '.local/state/meshwright/keys/shop.example'))).toHaveLength(2);
  });

  test.each(['', 'home', '.'])('HOME=%j is not resolved against the working directory', limit, (home) => {
    const repository = new Repository(shop).committed();
    // Only read, so that the test writes no state into the real home: a failed read also names the place.
    repository.mesh(['certs', 'init']);
    const ran = repository.mesh(['certs', 'issue', 'shop/web', '--out', '/nonexistent/x'], {
      env: { XDG_STATE_HOME: '', HOME: home },
    });
    expect(ran.code).toBe(13);
    const place = /not on this machine \((.*)\/\.local\/state\/meshwright\//.exec(ran.error)?.[1];
    expect(place).toMatch(/^\//);
    expect(place).not.toContain(repository.root);
  });

  test('in a repository (a home in Git) is ignored by Git', limit, () => {
    const repository = new Repository({ 'm/keep': '' }).committed();
    for (const [file, text] of Object.entries(shop)) repository.write(`m/${file}`, text);
    const cwd = path.join(repository.root, 'm');
    expect(repository.mesh(['certs', 'init'], { cwd })).toMatchObject({ code: 0, error: '' });
    expect(keysBelow(repository.root)).toHaveLength(2);
    expect(addable(repository).filter((file) => file.startsWith('.state'))).toEqual([]);
  });

  test('with an emptied ignore file accepts no key', limit, () => {
    const repository = new Repository({ ...shop, '.state/meshwright/.gitignore': '' }).committed();
    const ran = repository.mesh(['certs', 'init']);
    expect(ran.code).toBe(1);
    expect(ran.error).toContain('would hold a private key where Git would track it');
    expect(keysBelow(repository.root)).toEqual([]);
    expect(existsSync(path.join(repository.root, 'certificates/shop.example.json'))).toBe(false);
  });

  test('that is a link into a repository is treated like the folder that the link leads to', limit, () => {
    const tracked = new Repository({ 'kept/meshwright/.gitignore': '' }).committed();
    const repository = new Repository(shop);
    symlinkSync(path.join(tracked.root, 'kept'), path.join(repository.root, '.state'));
    const ran = repository.mesh(['certs', 'init']);
    expect(ran.code).toBe(1);
    expect(ran.error).toContain(`where Git would track it (${tracked.root}`);
    expect(keysBelow(tracked.root)).toEqual([]);
  });

  test('in a repository that Git can not read accepts no key, and the message says why', limit, () => {
    for (const broken of ['HEAD', 'config']) {
      const repository = new Repository({});
      repository.write('x', '');
      repository.committed();
      repository.write(`.git/${broken}`, 'garbage [');
      repository.write('state/keep', '');
      const mesh = new Repository(shop);
      const ran = mesh.mesh(['certs', 'init'], {
        env: { XDG_STATE_HOME: path.join(repository.root, 'state') },
      });
      expect(ran.code, broken).toBe(1);
      expect(ran.error).toMatch(/Git can't say whether it ignores it \(.+\)/);
      expect(keysBelow(repository.root)).toEqual([]);
    }
  });

  test('in a repository accepts no key if Git is missing', limit, () => {
    const repository = new Repository(shop).committed();
    const ran = repository.mesh(['certs', 'init'], { env: { PATH: '/nonexistent' } });
    expect(ran.code).not.toBe(0);
    expect(keysBelow(repository.root)).toEqual([]);
  });
});

describe('age identities', () => {
  async function locked(): Promise<{ readonly repository: Repository; readonly identity: string }> {
    const identity = await generateX25519Identity();
    const recipient = await identityToRecipient(identity);
    const certificates = `  certificates: {root: {keys: age}, issuer: {keys: age}, recipients: {root: [${recipient}], issuer: [${recipient}]}}\n`;
    const repository = new Repository({
      ...shop,
      'mesh.yaml': shop['mesh.yaml']! + certificates,
    }).committed();
    expect(repository.mesh(['certs', 'init']).code).toBe(0);
    return { repository, identity };
  }
  const opened = { code: 0 };
  /** Issues to a new file outside of the repository each time. */
  const issue = (repository: Repository, env: Readonly<Record<string, string>>) => {
    const elsewhere = new Repository({});
    return repository.mesh(['certs', 'issue', 'shop/web', '--out', path.join(elsewhere.root, 'web.json')], {
      env,
    });
  };

  test('an empty variable counts as unset', limit, async () => {
    const { repository, identity } = await locked();
    const elsewhere = new Repository({ 'age.key': identity });
    const file = path.join(elsewhere.root, 'age.key');
    expect(issue(repository, { MESH_AGE_KEY: '', MESH_AGE_KEY_FILE: file })).toMatchObject(opened);
    expect(
      issue(repository, { MESH_AGE_KEY: '', MESH_AGE_KEY_FILE: '', MESH_AGE_KEY_COMMAND: `cat ${file}` }),
    ).toMatchObject(opened);
    const none = issue(repository, { MESH_AGE_KEY: '', MESH_AGE_KEY_FILE: '' });
    expect(none).toMatchObject({ code: 13, error: expect.stringContaining('MESH_AGE_KEY_COMMAND') });
  });

  test('an identity file that Git could track is refused', limit, async () => {
    const { repository, identity } = await locked();
    repository.write('age.key', identity);
    const env = { MESH_AGE_KEY_FILE: 'age.key' };
    const ran = issue(repository, env);
    expect(ran).toMatchObject({ code: 13, error: expect.stringContaining('where Git would track it') });
    expect(ran.error).not.toContain(identity);
    repository.write('.gitignore', 'age.key\n');
    expect(issue(repository, env)).toMatchObject(opened);
  });

  test('the message names a damaged or missing encrypted key', limit, async () => {
    const { repository, identity } = await locked();
    const folder = path.join(repository.root, 'certificates/shop.example');
    for (const name of readdirSync(folder)) repository.write(`certificates/shop.example/${name}`, 'garbage');
    const env = { MESH_AGE_KEY: identity };
    expect(issue(repository, env)).toMatchObject({
      code: 13,
      error: expect.stringContaining('or the file is damaged'),
    });
  });
});

describe('the output directory', () => {
  const applying = ['apply', '--yes', '--allow-dirty'];

  test('in a repository is hidden from Git before it has keys', limit, () => {
    const repository = new Repository({ ...shop, 'live/.gitignore': '' }).committed();
    expect(repository.mesh(['certs', 'init']).code).toBe(0);
    const ran = repository.mesh(applying);
    expect(ran.code).toBe(1);
    expect(ran.error).toContain('where Git would track it');
    expect(keysBelow(path.join(repository.root, 'live'))).toEqual([]);
    expect(existsSync(path.join(repository.root, 'live/config'))).toBe(false);
    repository.write('live/.gitignore', '*\n!.gitignore\n');
    expect(repository.mesh(applying)).toMatchObject({ code: 0 });
    expect(keysBelow(path.join(repository.root, 'live'))).not.toEqual([]);
    expect(addable(repository).filter((file) => file.startsWith('live/'))).toEqual(['live/.gitignore']);
  });
});

describe('the trust file', () => {
  const file = 'certificates/shop.example.json';
  const trouble: Readonly<Record<string, (repository: Repository, place: string) => void>> = {
    'is a folder': (_, place) => mkdirSync(place, { recursive: true }),
    'is garbage': (repository) => repository.write(file, 'nothing'),
    'is of a newer format': (repository) =>
      repository.write(file, '{"formatVersion":"2.0","trustDomain":"shop.example"}'),
    'is empty': (repository) => repository.write(file, ''),
    'is a pipe': (_, place) => {
      mkdirSync(path.dirname(place));
      execFileSync('mkfifo', [place]);
    },
    'is a link to nothing': (_, place) => {
      mkdirSync(path.dirname(place));
      symlinkSync('nothing', place);
    },
    'is a link out of the repository': (_, place) => {
      mkdirSync(path.dirname(place));
      symlinkSync('/etc/hostname', place);
    },
  };
  test.each(Object.entries(trouble))('that %s does not count as missing', limit, (_, make) => {
    const repository = new Repository(shop);
    make(repository, path.join(repository.root, file));
    const before = filesBelow(repository.root);
    for (const args of [['certs', 'init'], ['compile'], ['apply', '--yes', '--allow-dirty']]) {
      const { code, error } = repository.mesh(args);
      expect({ code, error }).toMatchObject({ code: 13 });
      expect(error).toContain(file);
    }
    expect(filesBelow(repository.root)).toEqual(before);
  });

  const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

  /** Runs `certs init` several times at once, and returns the exit codes. */
  function atOnce(repository: Repository, times: number): Promise<readonly (number | null)[]> {
    const env = { PATH: process.env['PATH'], XDG_STATE_HOME: path.join(repository.root, '.state') };
    const runs = Array.from({ length: times }, async () => {
      const child = spawn(process.execPath, [bin, 'certs', 'init'], {
        cwd: repository.root,
        env,
        stdio: 'ignore',
      });
      return new Promise<number | null>((done) => child.once('close', done));
    });
    return Promise.all(runs);
  }

  test('is written by only one of several processes, whose keys exist', limit, async () => {
    const repository = new Repository(shop);
    for (const more of ['', '    other: {platform: envoy, output: {directory: b}}\n']) {
      repository.write('mesh.yaml', shop['mesh.yaml']! + more);
      const codes = await atOnce(repository, 4);
      expect(codes.filter((code) => code === 0)).toHaveLength(1);
      // The other processes find the file claimed, or existing.
      expect(codes.filter((code) => code !== 0).every((code) => code === 6 || code === 1)).toBe(true);
      const { roots, issuers } = JSON.parse(readFileSync(path.join(repository.root, file), 'utf8'));
      const keys = path.join(repository.root, '.state/meshwright/keys/shop.example');
      expect(readdirSync(keys).sort()).toEqual(
        [...roots, ...issuers].map(({ id }: { id: string }) => `${id}.pem`).sort(),
      );
    }
    expect(readdirSync(path.join(repository.root, 'certificates'))).toEqual(['shop.example.json']);
  });

  test('that a killed run has claimed gets an error that names the file to remove', limit, () => {
    const repository = new Repository({ ...shop, [`${file}.lock`]: '' });
    const ran = repository.mesh(['certs', 'init']);
    expect(ran.code).toBe(6);
    expect(ran.error).toContain(`${file}.lock is there`);
    expect(keysBelow(repository.root)).toEqual([]);
    rmSync(path.join(repository.root, `${file}.lock`));
    expect(repository.mesh(['certs', 'init']).code).toBe(0);
  });
});
