import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { exit } from '../../../src/core/exit-code.ts';
import type { GitOutput } from '../../../src/core/outputs/git/git-output.ts';
import { PortError } from '../../../src/ports/port-error.ts';
import { AroundPush, gitIn, Remote, temporaryFolder } from './git-world.ts';
import { inventory, Runner } from './runner.ts';
import { revisionOf } from './thing.ts';

const a = revisionOf({ kept: 1, changed: 1, gone: 1 });
const b = revisionOf({ kept: 1, changed: 2, added: 1 });

const folder = 'clusters/eu';
const list = `${folder}/kustomization.yaml`;
const changed = `${folder}/shop/configmap/changed.yaml`;

/** Returns processes that apply to a repository. */
function runnerOf(remote: Remote, open: () => GitOutput = () => remote.open()): Runner {
  return new Runner(open);
}

/** Returns a runner that calls a function once, between reading the branch and the push. */
function beforePush(remote: Remote, what: () => unknown): Runner {
  let isDone = false;
  return runnerOf(remote, () =>
    remote.open({}, (one) => {
      return new AroundPush(one, async (push) => {
        if (!isDone) {
          isDone = true;
          await what();
        }
        return push();
      });
    }),
  );
}

function commits(remote: Remote, branch = 'main'): number {
  return Number(remote.git('rev-list', '--count', branch));
}

/** Returns the last commit of somebody else, as a difference names it. */
function author(remote: Remote) {
  const [commit, modified] = remote.git('log', '-1', '--format=%H %aI').split(' ');
  return { owner: 'Somebody <somebody@example>', modified, commit, subject: 'somebody was here' };
}

describe('a commit', () => {
  test('has a file for each object, a list of them, and trailers; the next run of the same revision makes none', async () => {
    const remote = new Remote();
    const runner = runnerOf(remote);
    expect((await runner.run({ next: a })).exitCode).toBe(0);
    expect(remote.files().filter((file) => !file.includes('/.mesh/'))).toEqual([
      list,
      changed,
      `${folder}/shop/configmap/gone.yaml`,
      `${folder}/shop/configmap/kept.yaml`,
    ]);
    expect(remote.file(list)).toBe(
      [
        'apiVersion: kustomize.config.k8s.io/v1beta1',
        'kind: Kustomization',
        'resources:',
        '- shop/configmap/changed.yaml',
        '- shop/configmap/gone.yaml',
        '- shop/configmap/kept.yaml',
        '',
      ].join('\n'),
    );
    const [subject, , ...trailers] = remote.git('log', '-1', '--format=%B').split('\n');
    expect(subject).toBe(`${inventory}: apply (create 3)`);
    expect(trailers.filter(Boolean).map((line) => line.split(':')[0])).toEqual([
      'Mesh',
      'Mesh-Run',
      'Mesh-Revision',
      'Mesh-Compiled',
      'Mesh-Plan',
    ]);
    expect((await runner.run({ next: a })).exitCode).toBe(0);
    expect(commits(remote)).toBe(1);
    expect((await runner.run({ next: b })).exitCode).toBe(0);
    expect(commits(remote)).toBe(2);
    expect(remote.files()).not.toContain(`${folder}/shop/configmap/gone.yaml`);
  });

  test('that goes back is a new commit, too, and names the revision that it goes back to', async () => {
    const remote = new Remote();
    const runner = runnerOf(remote);
    await runner.run({ next: a });
    await runner.run({ next: b });
    const before = remote.git('rev-parse', 'main');
    const run = await runner.run({ next: a, command: 'rollback', rollbackOf: 'ENTRY' });
    expect(run.exitCode).toBe(0);
    expect(remote.git('rev-parse', 'main^')).toBe(before);
    expect(remote.git('log', '-1', '--format=%(trailers:key=Mesh-Rollback-To,valueonly)').trim()).toBe(
      'ENTRY',
    );
    expect(remote.git('diff', '--stat', 'main', 'main~2', '--', folder, `:!${folder}/.mesh`)).toBe('');
  });

  test('is signed if the configuration of the user says so, and fails if it can not be signed', async () => {
    const home = temporaryFolder();
    writeFileSync(path.join(home, '.gitconfig'), '[commit]\ngpgSign = true\n[gpg]\nprogram = /bin/false\n');
    const before = process.env['HOME'];
    process.env['HOME'] = home;
    try {
      const remote = new Remote();
      const { exitCode, events } = await runnerOf(remote).run({ next: a });
      expect(exitCode).toBe(1);
      expect(events.at(-1)).toMatchObject({
        outcome: { cause: { message: expect.stringContaining('gpgSign') as string } },
      });
      expect(remote.git('for-each-ref')).toBe('');
    } finally {
      process.env['HOME'] = before;
    }
  });
});

describe('two runners', () => {
  test('of which one pushes first: the other changes nothing and is refused (5)', async () => {
    const remote = new Remote();
    await runnerOf(remote).run({ next: a });
    const second = beforePush(remote, () => runnerOf(remote).run({ next: b }));
    const { exitCode, events } = await second.run({ next: revisionOf({ kept: 2 }) });
    expect(exitCode).toBe(5);
    expect(events.at(-1)).toMatchObject({
      outcome: {
        result: 'refused',
        cause: { message: expect.stringContaining('another run has committed') as string },
      },
    });
    expect(commits(remote)).toBe(2);
    expect(remote.file(changed)).toContain('value: "2"');
  });

  test('at the same time: one wins, and the branch has the complete change of one', async () => {
    const remote = new Remote();
    await runnerOf(remote).run({ next: a });
    const runs = await Promise.all(
      [b, revisionOf({ kept: 3 })].map((next) => runnerOf(remote).run({ next })),
    );
    const codes = runs.map(({ exitCode }) => exitCode);
    // Either they ran concurrently, or one began after the other had ended.
    expect([
      [0, 5],
      [5, 0],
      [0, 0],
      [0, 8],
      [8, 0],
    ]).toContainEqual(codes);
    const observed = await remote.open().observe(inventory, []);
    expect(observed.altered).toEqual([]);
    expect(commits(remote)).toBe(1 + codes.filter((code) => code !== 5).length);
  });

  test('of two targets in one branch both succeed', async () => {
    const remote = new Remote();
    const other = new Runner(() => remote.open({ folder: 'clusters/us' }));
    const one = beforePush(remote, () => other.run({ next: b }));
    expect((await one.run({ next: a })).exitCode).toBe(0);
    expect(remote.files()).toContain('clusters/us/kustomization.yaml');
    expect(remote.files()).toContain(list);
  });
});

describe('a repository', () => {
  test('that refuses the branch: its message is shown (15), and nothing is written', async () => {
    const remote = new Remote();
    await runnerOf(remote).run({ next: a });
    remote.hook('pre-receive', 'echo "main is protected" >&2; exit 1');
    const { exitCode, events } = await runnerOf(remote).run({ next: b });
    expect(exitCode).toBe(15);
    expect(events.at(-1)).toMatchObject({
      outcome: {
        result: 'refused',
        cause: { message: expect.stringContaining('main is protected') as string },
      },
    });
    expect(commits(remote)).toBe(1);
    remote.hook('pre-receive', 'exit 0');
    expect((await runnerOf(remote).run({ next: b })).exitCode).toBe(0);
  });

  test('that disappears in the middle: the outcome is unknown (15), and the next run continues', async () => {
    const remote = new Remote();
    await runnerOf(remote).run({ next: a });
    const away = `${remote.folder}.away`;
    const { exitCode, events } = await beforePush(remote, () => renameSync(remote.folder, away)).run({
      next: b,
    });
    renameSync(away, remote.folder);
    expect(exitCode).toBe(15);
    expect(JSON.stringify(events.at(-1))).toContain("it can't be told whether commit");
    expect((await runnerOf(remote).run({ next: b })).exitCode).toBe(0);
    expect(commits(remote)).toBe(2);
  });

  test('that accepts the commit but loses the answer: the run has succeeded', async () => {
    const remote = new Remote();
    await runnerOf(remote).run({ next: a });
    remote.hook('post-receive', 'kill -9 $PPID');
    expect((await runnerOf(remote).run({ next: b })).exitCode).toBe(0);
    expect(commits(remote)).toBe(2);
  });

  test('with branches, but without this one, does not get a second history', async () => {
    const remote = new Remote();
    remote.commit({ 'README.md': 'hello' }, 'trunk');
    await expect(runnerOf(remote).run({ next: a })).rejects.toThrow(/has no branch main \(it has trunk\)/);
  });

  test('whose history was replaced is written to like a new one', async () => {
    const remote = new Remote();
    await runnerOf(remote).run({ next: a });
    remote.git('update-ref', '-d', 'refs/heads/main');
    remote.commit({ 'README.md': 'a history of its own' });
    expect((await runnerOf(remote).run({ next: b })).exitCode).toBe(0);
    expect(remote.files()).toContain('README.md');
    expect(commits(remote)).toBe(2);
  });

  test('is written to at its top, beside existing files', async () => {
    const remote = new Remote();
    remote.commit({ 'README.md': 'hello', 'apps/one.yaml': '1' });
    const runner = runnerOf(remote, () => remote.open({ folder: '' }));
    expect((await runner.run({ next: a })).exitCode).toBe(0);
    expect((await runner.run({ next: b })).exitCode).toBe(0);
    const files = remote.files().filter((file) => !file.startsWith('.mesh/'));
    expect(files).toEqual([
      'README.md',
      'apps/one.yaml',
      'kustomization.yaml',
      'shop/configmap/added.yaml',
      'shop/configmap/changed.yaml',
      'shop/configmap/kept.yaml',
    ]);
  });

  test('that names its objects by SHA-256 is written to', async () => {
    const remote = new Remote('sha256');
    remote.commit({ 'README.md': 'hello' });
    expect((await runnerOf(remote).run({ next: a })).exitCode).toBe(0);
    expect((await runnerOf(remote).run({ next: b })).exitCode).toBe(0);
    expect(remote.git('rev-parse', 'main')).toHaveLength(64);
    expect(remote.file(changed)).toContain('value: "2"');
  });

  test('that is shallow is written to', async () => {
    const full = new Remote();
    for (const text of ['1', '2', '3']) full.commit({ 'README.md': text });
    const remote = new Remote();
    gitIn(path.dirname(remote.folder), [
      ...['clone', '--quiet', '--bare', '--depth=1'],
      `file://${full.folder}`,
      `${remote.folder}.shallow`,
    ]);
    renameSync(remote.folder, `${remote.folder}.full`);
    renameSync(`${remote.folder}.shallow`, remote.folder);
    expect((await runnerOf(remote).run({ next: a })).exitCode).toBe(0);
    expect((await runnerOf(remote).run({ next: b })).exitCode).toBe(0);
    expect(remote.git('rev-parse', '--is-shallow-repository')).toBe('true');
    expect(remote.files()).toContain('README.md');
  });

  test('with very many other files is read only in our folder', { timeout: 60_000 }, async () => {
    const remote = new Remote();
    const files = Array.from(
      { length: 20_000 },
      (_, i) => `M 100644 inline d${String(i % 100)}/f${String(i)}\ndata 1\nx\n`,
    );
    const person = 'committer A <a@example> 0 +0000\ndata 1\nm\n';
    gitIn(remote.folder, ['fast-import', '--quiet'], `commit refs/heads/main\n${person}${files.join('')}`);
    const output = remote.open();
    await output.observe(inventory, []);
    expect((await runnerOf(remote).run({ next: a })).exitCode).toBe(0);
    expect(remote.files()).toHaveLength(
      20_000 + remote.files().filter((file) => file.startsWith(folder)).length,
    );
  });
});

describe('files of others', () => {
  test('that are added or moved meanwhile stay, and our commit comes on top', async () => {
    const remote = new Remote();
    remote.commit({ [`${folder}/README.md`]: 'theirs', 'apps/one.yaml': '1' });
    await runnerOf(remote).run({ next: a });
    const second = beforePush(remote, () => {
      remote.commit({ [`${folder}/notes.md`]: 'new', 'apps/one.yaml': undefined, 'apps/two.yaml': '1' });
    });
    expect((await second.run({ next: b })).exitCode).toBe(0);
    const files = remote.files();
    for (const file of [`${folder}/README.md`, `${folder}/notes.md`, 'apps/two.yaml'])
      expect(files).toContain(file);
    expect(files).not.toContain('apps/one.yaml');
    expect(remote.file(changed)).toContain('value: "2"');
  });

  test('at paths of ours are obstacles (7) until they are adopted', async () => {
    const remote = new Remote();
    remote.commit({ [list]: 'resources: []' });
    const output = remote.open();
    const plan = await output.plan(await output.observe(inventory, []), a);
    expect(plan.files.filter(({ op }) => op === 'conflict')).toMatchObject([{ path: 'kustomization.yaml' }]);
    expect((await runnerOf(remote).run({ next: a })).exitCode).toBe(7);
    expect(remote.file(list)).toBe('resources: []');
    const adopting = remote.open();
    const adopted = await adopting.observe(inventory, ['kustomization.yaml']);
    expect((await adopting.plan(adopted, a)).files.some(({ op }) => op === 'conflict')).toBe(false);
  });

  test('that turn a folder of ours into a file, or a link, are obstacles', async () => {
    const remote = new Remote();
    remote.commit({ [`${folder}/shop`]: 'a file' });
    expect((await runnerOf(remote).run({ next: a })).exitCode).toBe(7);
    const linked = new Remote();
    const clone = temporaryFolder();
    gitIn(clone, ['init', '--quiet', '--initial-branch=main']);
    symlinkSync('/etc', path.join(clone, 'clusters'));
    gitIn(clone, ['add', '--all']);
    gitIn(clone, ['commit', '--quiet', '-m', 'link']);
    gitIn(clone, ['push', '--quiet', linked.folder, 'main']);
    const { foreign } = await linked.open().observe(inventory, []);
    expect(foreign).toMatchObject([{ path: 'clusters' }]);
  });

  test('that change while a run is about to write them stop the run (5)', async () => {
    const remote = new Remote();
    await runnerOf(remote).run({ next: a });
    const second = beforePush(remote, () => remote.commit({ [changed]: 'theirs' }));
    const { exitCode } = await second.run({ next: b });
    expect(exitCode).toBe(5);
    expect(remote.file(changed)).toBe('theirs');
  });
});

describe('our files', () => {
  test('that were moved or deleted are drift, and written again; moved copies stay', async () => {
    const remote = new Remote();
    await runnerOf(remote).run({ next: a });
    const text = remote.file(changed);
    remote.commit({
      [changed]: undefined,
      [`${folder}/elsewhere.yaml`]: text,
      [`${folder}/shop/configmap/kept.yaml`]: undefined,
    });
    const output = remote.open();
    const drift = await output.drift(await output.observe(inventory, []));
    const by = author(remote);
    expect(drift).toMatchObject([
      {
        ...{ state: 'removed', path: 'shop/configmap/changed.yaml', objects: [{ op: 'delete' }], by },
        detail: 'its content is at elsewhere.yaml now',
      },
      { state: 'removed', path: 'shop/configmap/kept.yaml', by },
    ]);
    expect(drift[1]).not.toHaveProperty('detail');
    expect((await runnerOf(remote).run({ next: a })).exitCode).toBe(0);
    expect(remote.file(changed)).toBe(text);
    expect(remote.files()).toContain(`${folder}/elsewhere.yaml`);
  });

  test('that were changed are reported with the commit that changed each last, however many commits came since', async () => {
    const remote = new Remote();
    await runnerOf(remote).run({ next: a });
    remote.commit({ [changed]: (remote.file(changed) ?? '').replace('value: "1"', 'value: "9"') });
    const first = author(remote);
    remote.commit({ [`${folder}/shop/configmap/kept.yaml`]: '# theirs' });
    const second = author(remote);
    remote.commitNothing(35);
    const output = remote.open();
    const drift = await output.drift(await output.observe(inventory, []));
    expect(drift.map((one) => 'by' in one && one.by)).toEqual([first, second]);
  });

  test('that were changed in a history which is not served are reported without an author', async () => {
    const remote = new Remote();
    await runnerOf(remote).run({ next: a });
    remote.commit({ [changed]: 'theirs' });
    const output = remote.open({}, (one) => {
      const lost = new AroundPush(one, (push) => push());
      lost.lastCommits = () => Promise.reject(new PortError('gone', exit.unreachable));
      return lost;
    });
    const [drift] = await output.drift(await output.observe(inventory, []));
    expect(drift).toMatchObject({ state: 'changed', path: 'shop/configmap/changed.yaml' });
    expect(drift).not.toHaveProperty('by');
  });

  test('that were changed are reported with the field', async () => {
    const remote = new Remote();
    await runnerOf(remote).run({ next: a });
    remote.commit({ [changed]: (remote.file(changed) ?? '').replace('value: "1"', 'value: "9"') });
    const output = remote.open();
    expect(await output.drift(await output.observe(inventory, []))).toMatchObject([
      {
        state: 'changed',
        objects: [{ op: 'update', fields: [{ path: 'data.value', before: '1', after: '9' }] }],
      },
    ]);
  });

  test('in the records that are links, or were edited, are not read', async () => {
    const remote = new Remote();
    await runnerOf(remote).run({ next: a });
    const state = `${folder}/.mesh/state.json`;
    remote.commit({ [state]: (remote.file(state) ?? '').replace('"epoch": 1', '"epoch": 7') });
    await expect(remote.open().observe(inventory, [])).rejects.toThrow(/git revert/);
  });
});
