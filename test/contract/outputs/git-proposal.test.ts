import { expect, test } from 'vitest';
import { gitIn, Remote, temporaryFolder } from './git-world.ts';
import { inventory, Runner } from './runner.ts';
import { revisionOf } from './thing.ts';

const a = revisionOf({ kept: 1, changed: 1, gone: 1 });
const b = revisionOf({ kept: 1, changed: 2, added: 1 });
const proposal = `mesh/${inventory}`;
const changed = 'clusters/eu/shop/configmap/changed.yaml';

function proposing(remote: Remote): Runner {
  return new Runner(() => remote.open({ propose: true }));
}

/** Makes a repository with a branch main, and a proposal of `a`. */
async function proposed(): Promise<{ readonly remote: Remote; readonly runner: Runner }> {
  const remote = new Remote();
  remote.commit({ 'README.md': 'hello' });
  const runner = proposing(remote);
  const { exitCode, events } = await runner.run({ next: a });
  expect(exitCode).toBe(0);
  expect(events.find(({ type }) => type === 'switch')).toMatchObject({ stage: 'propose' });
  return { remote, runner };
}

/** Merges the proposal as a Git hosting service does: by a merge commit, by a squash, or by moving the branch. */
function merge(remote: Remote, how: 'merge' | 'squash' | 'move'): void {
  const clone = temporaryFolder();
  gitIn(clone, ['clone', '--quiet', '--branch=main', remote.folder, '.']);
  const flag = { merge: ['--no-ff', '-m', 'merge'], squash: ['--squash'], move: ['--ff-only'] }[how];
  gitIn(clone, ['merge', '--quiet', ...flag, `origin/${proposal}`]);
  if (how === 'squash') gitIn(clone, ['commit', '--quiet', '-m', 'squash']);
  gitIn(clone, ['push', '--quiet', 'origin', 'main']);
}

function isAncestor(remote: Remote, one: string, other: string): boolean {
  return remote.git('merge-base', one, other) === remote.git('rev-parse', one);
}

test('a proposal is a separate branch on top of its target branch, which stays unchanged', async () => {
  const { remote, runner } = await proposed();
  expect(remote.files('main')).toEqual(['README.md']);
  expect(remote.files(proposal)).toContain('README.md');
  expect(remote.git('rev-parse', `${proposal}^`)).toBe(remote.git('rev-parse', 'main'));
  const tip = remote.git('rev-parse', proposal);
  expect((await runner.run({ next: a })).exitCode).toBe(0);
  expect(remote.git('rev-parse', proposal)).toBe(tip);
});

test('a second proposal follows the first while the first is open', async () => {
  const { remote, runner } = await proposed();
  const first = remote.git('rev-parse', proposal);
  expect((await runner.run({ next: b })).exitCode).toBe(0);
  expect(remote.git('rev-parse', `${proposal}^`)).toBe(first);
  expect(remote.file(changed, proposal)).toContain('value: "2"');
});

test.each(['merge', 'squash', 'move'] as const)(
  'after a proposal was merged (%s) there is nothing to do, and the next one is on top of the branch',
  async (how) => {
    const { remote, runner } = await proposed();
    const before = remote.git('rev-parse', proposal);
    merge(remote, how);
    expect((await runner.run({ next: a })).exitCode).toBe(0);
    expect(remote.git('rev-parse', proposal)).toBe(before);
    expect((await runner.run({ next: b })).exitCode).toBe(0);
    expect(isAncestor(remote, 'main', proposal)).toBe(true);
    expect(isAncestor(remote, before, proposal)).toBe(true);
    expect(
      remote.git('diff', '--name-only', '--no-renames', `main..${proposal}`, '--', ':!clusters/eu/.mesh'),
    ).toBe(
      [
        'clusters/eu/kustomization.yaml',
        'clusters/eu/shop/configmap/added.yaml',
        changed,
        'clusters/eu/shop/configmap/gone.yaml',
      ].join('\n'),
    );
  },
);

test('a proposal whose branch has moved on gets both as parents, and includes the files of others', async () => {
  const { remote, runner } = await proposed();
  const first = remote.git('rev-parse', proposal);
  remote.commit({ 'apps/one.yaml': '1', 'README.md': 'new' });
  expect((await runner.run({ next: b })).exitCode).toBe(0);
  expect(remote.git('rev-parse', `${proposal}^1`)).toBe(remote.git('rev-parse', 'main'));
  expect(remote.git('rev-parse', `${proposal}^2`)).toBe(first);
  expect(remote.file('README.md', proposal)).toBe('new');
  expect(remote.git('diff', '--name-only', `main..${proposal}`)).not.toContain('apps');
});

test('a proposal to which others have committed is followed, and their commits are not overwritten (7)', async () => {
  const { remote, runner } = await proposed();
  remote.commit({ 'docs/review.md': 'a note' }, proposal);
  expect((await runner.run({ next: b })).exitCode).toBe(0);
  expect(remote.files(proposal)).toContain('docs/review.md');
  remote.commit({ 'docs/review.md': 'another note' }, proposal);
  remote.commit({ 'apps/one.yaml': '1' });
  const refused = await runner.run({ next: a });
  expect(refused.exitCode).toBe(7);
  // Follow the advice of the message.
  const clone = temporaryFolder();
  gitIn(clone, ['clone', '--quiet', `--branch=${proposal}`, remote.folder, '.']);
  gitIn(clone, ['merge', '--quiet', '-m', 'merge main', 'origin/main']);
  gitIn(clone, ['push', '--quiet', 'origin', proposal]);
  expect((await runner.run({ next: a })).exitCode).toBe(0);
  expect(remote.file('docs/review.md', proposal)).toBe('another note');
});

test('a proposal for a branch that does not exist is refused', async () => {
  await expect(proposing(new Remote()).run({ next: a })).rejects.toThrow(/a proposal needs a branch/);
});
