import { spawnSync } from 'node:child_process';
import { readdirSync, readlinkSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { served } from './remembered.ts';
import { World } from './world.ts';

/** Admin addresses at which nobody listens: a run waits only shortly for proxies that never answered. */
const nobody = ['127.0.0.1:1', '127.0.0.1:2'];

let world: World;
beforeAll(async () => {
  world = await World.made(nobody);
  world.expectSuccess(await world.mesh(['apply', '--yes']));
  world.go('second');
  world.keep('to second');
}, 120_000);
afterAll(() => world.dispose());

const mounts = spawnSync('unshare', ['-m', 'true']).status === 0;
if (!mounts) console.warn('this user may not mount: nothing was tried on full and read-only disks');

/** Prints the exit code of the last command, and checks that proxies can read a whole revision. */
const report = `echo "exit $?"
cat out/config/current/index.json out/secrets/current/*.json > /dev/null && echo "served $(readlink out/config/current)"`;

describe.skipIf(!mounts)('a disk that takes no writes', () => {
  // Room in KiB: the disk is full before the first write, within a stage, within a snapshot, or within the second
  // stage.
  test.each([0, 12, 40, 72, 96])('a full disk with %i KiB left', { timeout: 120_000 }, async (room) => {
    world.putBack('to second');
    const before = readlinkSync(path.join(world.output, 'config/current'));
    const { out, error } = await world.withMounts(`set -e
cp -a out kept
mount -t tmpfs -o size=256k,mode=755 tmpfs out
cp -a kept/. out/
set +e
dd if=/dev/zero of=out/filler bs=1k 2> /dev/null
truncate -s -${room}k out/filler
mesh apply --yes > /dev/null
${report}
rm out/filler
mount -o remount,size=4m out
mesh apply --resume --yes > /dev/null
${report}
mesh plan --detailed-exitcode > /dev/null
echo "exit $?"`);
    const lines = out.trim().split('\n');
    expect(lines, error).toHaveLength(5);
    const [ended, served, resumed, after, changes] = lines;
    // 0 if there was enough room; 1 if nothing was written; otherwise 8.
    expect(['exit 0', 'exit 1', 'exit 8'], error).toContain(ended);
    if (ended !== 'exit 0') expect(error).toContain('the disk is full');
    if (ended === 'exit 1') expect(served).toBe(`served ${before}`);
    expect(served).toMatch(/^served /);
    expect(resumed, error).toBe('exit 0');
    expect(after).toMatch(/-break-/);
    expect(changes).toBe('exit 0');
    expect(error).not.toContain('a defect of mesh');
  });

  test('a read-only disk', { timeout: 60_000 }, async () => {
    world.putBack('to second');
    const { out, error } = await world.withMounts(`set -e
mount --bind out out
mount -o remount,ro,bind out
set +e
mesh apply --yes > /dev/null
${report}
mesh plan > /dev/null
echo "exit $?"`);
    expect(out).toMatch(/^exit 15\nserved .*000001-make-.*\nexit 0\n$/);
    expect(error).toContain('the file system is read-only');
  });
});

test('a revision that was removed by hand is written again', { timeout: 120_000 }, async () => {
  world.putBack('to second');
  world.expectSuccess(await world.mesh(['apply', '--yes']));
  const whole = served(world.output);
  const [current = '', old = ''] = readdirSync(path.join(world.output, 'revisions')).sort().reverse();
  rmSync(path.join(world.output, 'revisions', old), { recursive: true });
  const unchanged = await world.mesh(['apply', '--yes']);
  expect(unchanged.error).toMatch(/unchanged|nothing to write/);
  rmSync(path.join(world.output, 'revisions', current), { recursive: true });
  const planned = await world.mesh(['plan', '--detailed-exitcode']);
  expect(planned.code, planned.error).toBe(2);
  const again = await world.mesh(['apply', '--yes']);
  expect(again.code, again.error).toBe(0);
  const files = Object.entries(served(world.output)).filter(([file]) => !file.includes('make'));
  expect(files).toEqual(Object.entries(whole).filter(([file]) => !file.includes('make')));
});

test('a link that was repointed by hand stops the run before any write', {
  timeout: 60_000,
}, async () => {
  world.putBack('to second');
  const link = path.join(world.output, 'config/current');
  rmSync(link);
  spawnSync('ln', ['-s', '/nonexistent', link]);
  const ran = await world.mesh(['apply', '--yes']);
  expect(ran.code, ran.error).toBe(7);
  expect(readlinkSync(link)).toBe('/nonexistent');
});
