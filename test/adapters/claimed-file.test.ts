import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { claimFile } from '../../src/adapters/claimed-file.ts';
import { processes } from '../../src/adapters/processes.ts';

function folder(): string {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-claim-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

test('a claimed file has one writer, and gets its whole text at once', async () => {
  const root = folder();
  const claim = await claimFile(root, 'a/b.json');
  await expect(claimFile(root, 'a/b.json')).rejects.toMatchObject({ exitCode: 6 });
  await claim.publish('one', undefined);
  await claim.release();
  const second = await claimFile(root, 'a/b.json');
  await expect(second.publish('two', 'other')).rejects.toThrow('changed by someone else');
  await second.publish('two', 'one');
  await second.release();
  expect(readFileSync(path.join(root, 'a/b.json'), 'utf8')).toBe('two');
  expect(readdirSync(path.join(root, 'a'))).toEqual(['b.json']);
});

test('a claim takes over the lock of an ended process, but no unreadable lock and no lock of another machine', async () => {
  const root = folder();
  const { self } = await processes();
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(path.join(root, 'b.json.lock'), JSON.stringify({ ...self, pid }));
  writeFileSync(path.join(root, 'b.json.new'), 'half of a te');
  const claim = await claimFile(root, 'b.json');
  await claim.publish('one', undefined);
  await claim.release();
  expect(readdirSync(root)).toEqual(['b.json']);
  writeFileSync(path.join(root, 'b.json.lock'), '');
  await expect(claimFile(root, 'b.json')).rejects.toMatchObject({ exitCode: 6 });
  writeFileSync(path.join(root, 'b.json.lock'), JSON.stringify({ ...self, pid, host: 'elsewhere' }));
  await expect(claimFile(root, 'b.json')).rejects.toMatchObject({ exitCode: 6 });
});

test('a writer that has lost its lock to another process publishes nothing and leaves that lock', async () => {
  const root = folder();
  const claim = await claimFile(root, 'b.json');
  writeFileSync(path.join(root, 'b.json.lock'), 'of another');
  await expect(claim.publish('one', undefined)).rejects.toMatchObject({ exitCode: 6 });
  await claim.release();
  expect(existsSync(path.join(root, 'b.json'))).toBe(false);
  expect(readFileSync(path.join(root, 'b.json.lock'), 'utf8')).toBe('of another');
});

test('leftovers of a process that was killed during its claim do not hinder the next claim', async () => {
  const root = folder();
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const ended = path.join(root, `b.json.lock.${String(pid)}`);
  const living = path.join(root, `b.json.lock.${String(process.ppid)}`);
  for (const file of [ended, living]) writeFileSync(file, '');
  const claim = await claimFile(root, 'b.json');
  await claim.publish('one', undefined);
  await claim.release();
  expect(readdirSync(root).sort()).toEqual(['b.json', path.basename(living)]);
});
