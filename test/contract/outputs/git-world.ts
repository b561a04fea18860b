import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { GitDeployment } from '../../../src/adapters/deployment/git-deployment.ts';
import { gzipBase64 } from '../../../src/adapters/gzip-base64.ts';
import { GitOutput } from '../../../src/core/outputs/git/git-output.ts';
import type { GitPlace } from '../../../src/core/outputs/git/git-place.ts';
import type {
  DeployedChange,
  DeployedTree,
  DeploymentRepository,
} from '../../../src/ports/deployment-repository.ts';
import { inventory } from './runner.ts';

/** Runs Git in a repository of a test, as a person would. */
export function gitIn(folder: string, args: readonly string[], input?: string): string {
  const person = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example'];
  return execFileSync('git', [...person, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(input !== undefined && { input }),
    env: { PATH: process.env['PATH'] ?? '', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  });
}

/** Returns a folder that is removed with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'git-output-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A deployment repository of a test, empty at first. */
export class Remote {
  readonly folder = path.join(temporaryFolder(), 'deploy.git');
  readonly #format: 'sha1' | 'sha256';

  constructor(format: 'sha1' | 'sha256' = 'sha1') {
    this.#format = format;
    const options = ['--quiet', '--bare', '--initial-branch=main', `--object-format=${format}`];
    gitIn(path.dirname(this.folder), ['init', ...options, this.folder]);
  }

  git(...args: readonly string[]): string {
    return gitIn(this.folder, args).trimEnd();
  }

  /** Returns the text of a file at a revision; undefined if there is none. */
  file(file: string, revision = 'main'): string | undefined {
    try {
      return gitIn(this.folder, ['cat-file', 'blob', `${revision}:${file}`]);
    } catch {
      return undefined;
    }
  }

  files(revision = 'main'): readonly string[] {
    return this.git('ls-tree', '-r', '--name-only', revision).split('\n').filter(Boolean);
  }

  /** Commits changes of somebody else; undefined removes a file. */
  commit(changes: Readonly<Record<string, string | undefined>>, branch = 'main'): void {
    const clone = temporaryFolder();
    const options = ['--quiet', `--initial-branch=${branch}`, `--object-format=${this.#format}`];
    gitIn(clone, ['init', ...options]);
    const isThere = this.git('for-each-ref', `refs/heads/${branch}`) !== '';
    if (isThere) gitIn(clone, ['pull', '--quiet', this.folder, branch]);
    for (const [file, text] of Object.entries(changes)) {
      if (text === undefined) gitIn(clone, ['rm', '--quiet', '-r', file]);
      else {
        const object = gitIn(clone, ['hash-object', '-w', '--stdin'], text).trim();
        gitIn(clone, ['update-index', '--add', '--cacheinfo', `100644,${object},${file}`]);
      }
    }
    gitIn(clone, ['commit', '--quiet', '-m', 'somebody was here']);
    gitIn(clone, ['push', '--quiet', this.folder, `HEAD:refs/heads/${branch}`]);
  }

  /** Makes commits of somebody else that change no file. */
  commitNothing(count: number): void {
    let tip = this.git('rev-parse', 'main');
    for (let i = 0; i < count; i += 1)
      tip = gitIn(this.folder, ['commit-tree', 'main^{tree}', '-p', tip, '-m', 'nothing']).trim();
    this.git('update-ref', 'refs/heads/main', tip);
  }

  /** Installs a hook that runs at each push to the repository. */
  hook(name: 'pre-receive' | 'post-receive', script: string): void {
    const file = path.join(this.folder, 'hooks', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  /** Opens an output there, as a new process does. */
  open(
    settings: Partial<Pick<GitPlace, 'folder' | 'propose' | 'inventory' | 'branch' | 'rendering'>> = {},
    wrap: (repository: DeploymentRepository) => DeploymentRepository = (one) => one,
  ): GitOutput {
    const { folder = 'clusters/eu' } = settings;
    const address = { url: this.folder, protocols: 'file', description: this.folder };
    const repository = new GitDeployment(address, folder, 'test@here');
    onTestFinished(() => repository.dispose());
    const place: GitPlace = {
      repository: wrap(repository),
      clock: { now: () => new Date(), monotonic: () => 0, sleep: () => Promise.resolve() },
      inventory,
      branch: 'main',
      propose: false,
      rendering: { layout: 'objects', syncWaves: false },
      folder,
      ...settings,
    };
    return new GitOutput(place, gzipBase64);
  }
}

type Push = () => Promise<DeployedTree | undefined>;
type Around = (push: Push) => ReturnType<Push>;

/** A repository that calls functions around each push. */
export class AroundPush implements DeploymentRepository {
  readonly description: string;
  readonly #repository: DeploymentRepository;
  readonly #around: Around;

  constructor(repository: DeploymentRepository, around: Around) {
    this.#repository = repository;
    this.#around = around;
    this.description = repository.description;
  }

  fetch(branches: readonly string[]) {
    return this.#repository.fetch(branches);
  }

  read(objects: readonly string[]) {
    return this.#repository.read(objects);
  }

  lastCommits(branch: string, tip: string, files: readonly string[]) {
    return this.#repository.lastCommits(branch, tip, files);
  }

  push(change: DeployedChange): Promise<DeployedTree | undefined> {
    return this.#around(() => this.#repository.push(change));
  }
}
