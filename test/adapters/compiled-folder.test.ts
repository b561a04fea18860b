import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { compiledFolder } from '../../src/adapters/compiled-folder.ts';
import { sha256 } from '../../src/core/lib/sha256.ts';
import type { CompiledFile } from '../../src/ports/compiled-folder.ts';

function temporary(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-compiled-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Returns the text of a file that names its folder and its version. */
const text = (number: number, size: number): string =>
  `{"version_info":"\${VERSION}","number":${String(number)},"path":"\${DIR}/x","filler":"${'y'.repeat(size)}"}\n`;

function filesOf(count: number, size: number): CompiledFile[] {
  return Array.from({ length: count }, (_, i) => ({
    path: `config/f${String(i % 7)}/${String(i)}.json`,
    text: text(i, size),
    seenAs: '/etc/mesh',
  }));
}

// A second thread writes most of the larger output.
describe.each([
  ['a small output', 20, 10],
  ['a large output', 900, 10_000],
] as const)('%s', (_name, count, size) => {
  test('is written whole, with its placeholders filled in, and is visible only after it is published', async () => {
    const out = temporary();
    const folder = await compiledFolder(out, 'local');
    for (const file of filesOf(count, size))
      await folder.write([file], [{ path: `${file.path}.link`, target: 'sds.json' }]);
    await folder.write([{ path: 'index.json', text: '{"formatVersion":"1.0","target":"local"}' }]);
    expect(readdirSync(out)).not.toContain('local');
    await folder.publish();
    expect(readdirSync(out)).toEqual(['local']);
    for (const [i, { path: file, text: template }] of filesOf(count, size).entries()) {
      const written = readFileSync(path.join(out, 'local', file), 'utf8');
      expect(written).toBe(
        text(i, size).replace('${DIR}', '/etc/mesh').replace('${VERSION}', sha256(template).slice(0, 16)),
      );
      expect(readlinkSync(path.join(out, 'local', `${file}.link`))).toBe('sds.json');
    }
  });

  test('leaves nothing behind and reports the error if a file cannot be written', async () => {
    const out = temporary();
    const folder = await compiledFolder(out, 'local');
    const writing = async (): Promise<void> => {
      for (const file of [...filesOf(count, size), { path: 'config/f1/1.json', text: 'twice' }])
        await folder.write([file]);
      await folder.publish();
    };
    await expect(writing()).rejects.toThrow(/local can't be written \(EEXIST\)/);
    await folder.discard();
    expect(readdirSync(out)).toEqual([]);
  });

  test('never leaves its folder', async () => {
    const out = temporary();
    const folder = await compiledFolder(path.join(out, 'below'), 'local');
    const writing = async (): Promise<void> => {
      for (const file of [...filesOf(count, size), { path: '../../../../outside.json', text: '' }])
        await folder.write([file]);
      await folder.publish();
    };
    await expect(writing()).rejects.toThrow();
    await folder.discard();
    expect(readdirSync(out)).toEqual(['below']);
    expect(readdirSync(path.join(out, 'below'))).toEqual([]);
  });
});

test('secrets are readable only for their owner', async () => {
  const out = temporary();
  const folder = await compiledFolder(out, 'local');
  await folder.write([{ path: 'secrets/current/a.json', text: 'key', secret: true }]);
  await folder.publish();
  expect(lstatSync(path.join(out, 'local/secrets/current/a.json')).mode & 0o777).toBe(0o600);
  expect(lstatSync(path.join(out, 'local/secrets/current')).mode & 0o777).toBe(0o700);
});
