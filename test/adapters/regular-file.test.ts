import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { compiledFolder } from '../../src/adapters/compiled-folder.ts';
import { inputLines, longestLine } from '../../src/adapters/input-lines.ts';
import { keyStore } from '../../src/adapters/key-store.ts';
import { readNamedFile } from '../../src/adapters/named-file.ts';
import { outputDirectory } from '../../src/adapters/output-directory.ts';
import { piecesOfRegularFile, readRegularFile } from '../../src/adapters/regular-file.ts';
import { rewriteFile } from '../../src/adapters/rewrite-file.ts';
import { standardInputStore } from '../../src/adapters/standard-input-store.ts';
import { readTextFile } from '../../src/adapters/text-file.ts';
import { workingTreeStore } from '../../src/adapters/working-tree-store.ts';
import { largestFile } from '../../src/core/source/spec-files.ts';
import { specialFiles } from './special-files.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'meshwright-files-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

const ageKey = {
  trustDomain: 'shop.example',
  id: 'k',
  storage: 'age',
  recipients: ['age1x'],
  what: 'root',
} as const;

/** The functions by which commands read a file named `it` below the root. */
const readers: Readonly<Record<string, (file: string) => unknown>> = {
  'init: .gitignore and the like': () => readTextFile(root, 'it'),
  'a saved plan': readNamedFile,
  'a batch of requests': async (file) => {
    for await (const line of inputLines(file)) return line;
    return undefined;
  },
  'state, journal, lock, history': async () => (await outputDirectory(root, '.')).read('it'),
  'compressed state': async () => (await outputDirectory(root, '.')).read('it', { compressed: true }),
  'the trust file': () => workingTreeStore(root).file('it'),
  'fmt, before it writes': () => rewriteFile(root, 'it', new Uint8Array(), ''),
  'a signing key of this machine': (file) => {
    vi.stubEnv('XDG_STATE_HOME', path.join(root, 'state'));
    mkdirSync(path.join(root, 'state/meshwright/keys/shop.example'), { recursive: true });
    symlinkSync(file, path.join(root, 'state/meshwright/keys/shop.example/k.pem'));
    return keyStore(root).read({ ...ageKey, storage: 'file' });
  },
  'an age identity': (file) => {
    vi.stubEnv('MESH_AGE_KEY_FILE', file);
    mkdirSync(path.join(root, 'certificates/shop.example'), { recursive: true });
    writeFileSync(path.join(root, 'certificates/shop.example/k.key.age'), 'age-encryption.org/v1\n');
    return keyStore(root).read(ageKey);
  },
};

describe.each(Object.entries(specialFiles))('%s', (kind, make) => {
  test.each(Object.entries(readers))('is an error with its name for %s, at once', async (_, read) => {
    await make(path.join(root, 'it'));
    const outcome = await Promise.resolve(read(path.join(root, 'it'))).then(
      () => 'no error',
      (error: unknown) => String(error),
    );
    // A link that leads out of the root does not belong to the mesh.
    if (kind === 'a device' && ['the trust file', 'fmt, before it writes'].includes(_))
      expect(outcome).toMatch(/lies outside the repository|leads out of the repository/);
    else {
      expect(outcome).toMatch(/\bit\b|k\.pem/);
      expect(outcome).toContain(kind);
    }
  });

  test('as a file of the spec or the output of a compile is not read', async () => {
    await make(path.join(root, 'it.yaml'));
    const listed = await workingTreeStore(root).list();
    expect(listed.map(({ file, problem }) => [file, problem])).toEqual(
      kind === 'a folder' ? [] : [['it.yaml', kind === 'a device' ? 'outside-root' : 'not-a-file']],
    );
    mkdirSync(path.join(root, 'envoy'));
    await make(path.join(root, 'envoy/index.json'));
    await expect(compiledFolder(root, 'envoy')).rejects.toThrow('holds no index.json of the target');
  });
});

describe('the largest files', () => {
  test('a file beyond its limit is refused before memory is allocated', () => {
    const file = path.join(root, 'it');
    writeFileSync(file, 'x');
    truncateSync(file, 2 ** 40);
    const allocate = vi.spyOn(Buffer, 'allocUnsafeSlow');
    expect(() => readRegularFile(file, { most: 1024 * 1024 })).toThrow('is larger than 1 MiB');
    expect(allocate).not.toHaveBeenCalled();
    allocate.mockRestore();
  });

  test('a file without a size, as in /proc, is read up to its limit', () => {
    expect(readRegularFile('/proc/self/status', { most: 1024 * 1024 }).toString()).toContain('Pid:');
    expect(() => readRegularFile('/proc/self/status', { most: 10 })).toThrow('is larger than 10 bytes');
  });

  test('a file as long as its limit is read whole, and also in pieces', () => {
    const file = path.join(root, 'it');
    const bytes = Buffer.from(Array.from({ length: 2_500_000 }, (_, index) => index % 251));
    writeFileSync(file, bytes);
    expect(readRegularFile(file, { most: bytes.length }).equals(bytes)).toBe(true);
    const pieces = [...piecesOfRegularFile(file, {})].map((piece) => piece.length);
    expect(pieces).toEqual([1 << 20, 1 << 20, bytes.length - (1 << 21)]);
  });

  test('a small compressed file with enormous content is refused', async () => {
    // Members of gzip (RFC 1952) may follow each other.
    const member = gzipSync(Buffer.alloc(10 * 1024 * 1024));
    writeFileSync(path.join(root, 'it'), Buffer.concat(Array.from({ length: 30 }, () => member)));
    const directory = await outputDirectory(root, '.');
    await expect(directory.read('it', { compressed: true })).rejects.toThrow('cannot read');
  }, 30_000);

  test('a line without an end is refused at its limit, with its number', async () => {
    const file = path.join(root, 'it');
    writeFileSync(file, `{}\r\n{}\n${'x'.repeat(longestLine + 1)}`);
    const lines: string[] = [];
    const read = async (): Promise<void> => {
      for await (const line of inputLines(file)) lines.push(line);
    };
    await expect(read()).rejects.toThrow('it:3: the line is longer than 1048576 characters');
    expect(lines).toEqual(['{}', '{}']);
  });

  test('standard input that never ends is read no further than the largest file', async () => {
    let taken = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        await Promise.resolve();
        taken += 1024 * 1024;
        yield new Uint8Array(1024 * 1024);
      }
    }
    const [candidate] = await standardInputStore(endless()).list();
    expect(candidate?.size).toBeGreaterThan(largestFile);
    expect(taken).toBeLessThanOrEqual(largestFile + 2 * 1024 * 1024);
  });
});
