import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { type Ran, Repository } from '../cli/repository.ts';
import { hooks, programSettings } from './program-settings.ts';

const mesh = `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  targets:
    local: {platform: envoy, output: {directory: live}}
`;

/** The places from which a repository could make Git read settings. */
export const places = [
  'config',
  'included file',
  'config.worktree',
  'embedded bare repository',
  'embedded .git file',
  'submodule',
] as const;
export type Place = (typeof places)[number];

/** The commands of this tool that run Git, each as its arguments. */
export const commands: readonly (readonly string[])[] = [
  ['validate'],
  ['validate', '--format', 'sarif'],
  ['validate', '--staged'],
  ['validate', '--revision', 'HEAD'],
  ['fmt', '--check'],
  ['fmt', '--check', '--staged'],
  ['keys', 'check'],
  ['keys', 'check', '--staged'],
  ['keys', 'check', '--revision', 'HEAD'],
  ['plan'],
  ['plan', '--base', 'HEAD'],
  ['explain', '--origin', 'shop/reviews.timeout'],
  ['explain', 'request', '--from', 'anonymous', '--to', 'a', 'GET', '/'],
  ['targets'],
  ['compile', '--out', 'build'],
  ['apply', '--yes', '--allow-dirty'],
  ['status'],
  ['history'],
  ['drift'],
  ['rollback', '--yes'],
  ['doctor'],
  ['completion', 'bash', 'mesh', 'plan', '--target', ''],
  ['init'],
  ['certs', 'init'],
  ['validate', '--repo', '.'],
];

/** Commands that run Git in different ways. */
export const telling = commands.filter((args) =>
  ['validate', 'validate --staged', 'validate --revision HEAD', 'keys check --staged', 'plan'].includes(
    args.join(' '),
  ),
);

/** A repository in which all of these settings, and every hook, name programs that leave a mark when they are run. */
export class HostileRepository extends Repository {
  /** The folder of the mesh. */
  readonly folder: string;
  readonly #marks: string;
  readonly #traps: string;

  constructor(place: Place, settings: readonly string[] = Object.keys(programSettings)) {
    super({});
    this.#marks = path.join(this.root, 'marks');
    this.#traps = path.join(this.root, 'traps');
    this.write('marks/.gitignore', '*\n');
    this.write('traps/.gitignore', '*\n');
    for (const hook of hooks) this.#trap(hook);
    const isBelow = place.startsWith('embedded');
    const top = path.join(this.root, 'outer');
    this.folder = isBelow ? path.join(top, 'deploy') : top;
    this.write(path.relative(this.root, path.join(this.folder, 'mesh.yaml')), mesh);
    this.write('outer/.gitattributes', '* filter=trap diff=trap merge=trap ident\n*.bin filter=lfs\n');
    this.write(
      path.relative(this.root, path.join(this.folder, '.gitattributes')),
      '* filter=trap diff=trap\n',
    );
    this.write('outer/a.bin', 'x');
    if (isBelow) this.#embed();
    this.#commitAt(top);
    const text = this.#configText(settings);
    this.#plant(place, top, text);
    this.#makeDirty();
  }

  /** Runs a command in the folder of the mesh, and returns the names of the traps that were run. */
  ran(args: readonly string[]): { readonly ran: Ran; readonly marks: readonly string[] } {
    const result = this.mesh(args, { cwd: this.folder });
    return { ran: result, marks: this.takeMarks() };
  }

  /** Returns the names of the traps that were run since the last call. */
  takeMarks(): readonly string[] {
    const marks = readdirSync(this.#marks).filter((name) => name !== '.gitignore');
    for (const mark of marks) rmSync(path.join(this.#marks, mark));
    this.#makeDirty();
    return marks;
  }

  /** Deletes the object of a file of the commit, so that Git would ask a promisor for the object. */
  loseBlob(file: string): void {
    const id = this.git('-C', this.folder, 'rev-parse', `HEAD:./${file}`).trim();
    const directory = this.git(
      '-C',
      this.folder,
      'rev-parse',
      '--path-format=absolute',
      '--git-common-dir',
    ).trim();
    rmSync(path.join(directory, 'objects', id.slice(0, 2), id.slice(2)));
  }

  #trap(name: string): string {
    const file = path.join(this.#traps, name);
    if (!existsSync(file)) {
      mkdirSync(this.#traps, { recursive: true });
      writeFileSync(
        file,
        `#!/bin/sh\n: > '${this.#marks}/${name}'\n${name.startsWith('filter') ? 'exec cat' : ''}\n`,
      );
      chmodSync(file, 0o755);
    }
    return file;
  }

  /** Returns the text of a configuration file, written by Git's own tool. */
  #configText(settings: readonly string[]): string {
    const file = path.join(this.root, 'traps', 'settings');
    writeFileSync(file, '');
    for (const name of settings) {
      const trap = this.#trap(name.replaceAll(/[^\w.-]/g, '_'));
      const fill = (text: string): string =>
        text
          .replace('TRAPS', this.#traps)
          .replace('TRAP', trap)
          .replace('REMOTE', path.join(this.root, 'outer'));
      this.git('config', '--file', file, fill(name), fill(programSettings[name] ?? ''));
    }
    return file;
  }

  /**
   * Adds a bare repository in the form that a pull request can contain: HEAD, index, objects, refs and settings are
   * ordinary files.
   */
  #embed(): void {
    this.#commitAt(this.folder);
    for (const name of ['HEAD', 'index', 'objects', 'refs'])
      renameSync(path.join(this.folder, '.git', name), path.join(this.folder, name));
    rmSync(path.join(this.folder, '.git'), { recursive: true });
    writeFileSync(
      path.join(this.folder, 'config'),
      '[core]\nrepositoryformatversion = 0\nbare = false\nworktree = .\n',
    );
  }

  #commitAt(top: string): void {
    this.git('init', '--quiet', '--initial-branch=main', top);
    this.git('-C', top, 'add', '--all');
    this.git('-C', top, 'commit', '--quiet', '--message', 'first');
  }

  #plant(place: Place, top: string, settings: string): void {
    const include = (file: string): void => {
      this.git('config', '--file', file, 'include.path', settings);
      this.git('config', '--file', file, 'includeIf.gitdir:/.path', settings);
    };
    const append = (file: string): void => {
      this.git('config', '--file', file, 'core.repositoryFormatVersion', '1');
      // Copy the settings, so that the file itself contains them.
      const names = this.git('config', '--file', settings, '--null', '--list').split('\0').filter(Boolean);
      for (const line of names) {
        const [name = '', ...value] = line.split('\n');
        this.git('config', '--file', file, name, value.join('\n'));
      }
    };
    this.#plantHooks(path.join(top, '.git/hooks'));
    if (place === 'config') append(path.join(top, '.git/config'));
    if (place === 'included file') include(path.join(top, '.git/config'));
    if (place === 'embedded bare repository') append(path.join(this.folder, 'config'));
    if (place === 'embedded .git file') {
      append(path.join(this.folder, 'config'));
      writeFileSync(path.join(this.folder, '.git'), 'gitdir: .\n');
    }
    if (place === 'config.worktree') {
      this.git('-C', top, 'config', 'extensions.worktreeConfig', 'true');
      append(path.join(top, '.git/config.worktree'));
    }
    if (place === 'submodule') {
      this.git('init', '--quiet', path.join(this.root, 'super'));
      const child = ['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', top, 'sub'];
      this.git('-C', path.join(this.root, 'super'), ...child);
      append(path.join(this.root, 'super/.git/modules/sub/config'));
      this.#plantHooks(path.join(this.root, 'super/.git/modules/sub/hooks'));
      Object.assign(this, { folder: path.join(this.root, 'super/sub') });
    }
  }

  #plantHooks(folder: string): void {
    mkdirSync(folder, { recursive: true });
    for (const hook of hooks) {
      writeFileSync(path.join(folder, hook), `#!/bin/sh\n: > '${this.#marks}/hook.${hook}'\n`);
      chmodSync(path.join(folder, hook), 0o755);
    }
  }

  /** Sets file times that differ from the index, so that Git reads the files through their filters. */
  #makeDirty(): void {
    const time = new Date(Date.now() - 1000 * Math.floor(1000 * Math.random()));
    for (const name of ['mesh.yaml', '.gitattributes']) utimesSync(path.join(this.folder, name), time, time);
  }
}
