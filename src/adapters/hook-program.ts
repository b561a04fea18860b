import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import type { HookProgram, ProgramEnd, ProgramMessage } from '../ports/hook-program.ts';
import { findRepository, folderIn } from './find-repository.ts';
import { git } from './git-process.ts';
import { endGroup } from './process-group.ts';

/** Milliseconds that a program may take. */
const timeout = 10_000;
/** Bytes of its output that are read; a program that prints more is ended. */
const most = 64 * 1024;
/** Characters of its last line that are kept. */
const longest = 200;

/** Runs programs of the repository with a small environment, which holds no credentials. */
export const hookProgram: HookProgram = { run, refusal };

function run({ root, command, body, key }: ProgramMessage, signal?: AbortSignal): Promise<ProgramEnd> {
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    let text = '';
    let size = 0;
    const child = spawn(path.join(root, program), args, {
      cwd: root,
      env: { ...inherited(), MESH_HOOK_KEY: key },
      shell: false,
      // Start the program in a process group of its own, so that its children end with it.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const end = (): void => endGroup(child.pid);
    const late = setTimeout(end, timeout);
    signal?.addEventListener('abort', end, { once: true });
    const done = (code: number | undefined, said = text): void => {
      clearTimeout(late);
      signal?.removeEventListener('abort', end);
      end();
      resolve({ code, said: lastLine(said) });
    };
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => {
        size += part.length;
        text = (text + part.toString('utf8')).slice(-most);
        if (size > most) end();
      });
    child.stdin.on('error', () => undefined);
    child.stdin.end(body);
    child.on('error', ({ message }) => {
      done(undefined, message);
    });
    // Wait for `exit` and not for `close`: a child of the program may keep the output open for ever.
    child.on('exit', (code) => {
      done(code ?? undefined);
    });
  });
}

/** Returns the variables with which a program finds others, without the credentials of this process. */
function inherited(): Record<string, string> {
  return Object.fromEntries(
    ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function lastLine(text: string): string {
  return (text.trimEnd().split(/\r?\n/).at(-1) ?? '').slice(0, longest);
}

async function refusal(root: string, program: string): Promise<string | undefined> {
  const repository = await findRepository(path.resolve(root));
  if (repository === undefined) return 'the spec is in no Git repository';
  const name = path.posix.normalize(`${folderIn(repository, root)}${program}`);
  if (name.startsWith('../')) return 'it lies outside the repository';
  const literal = `:(literal)${name}`;
  const listed = await git(repository, ['ls-tree', '--full-tree', '-z', 'HEAD', '--', literal]);
  if (!/^100(?:644|755) blob /.test(listed.out)) return 'it is no file of the commit that is checked out';
  const same = await git(repository, ['diff-index', '--quiet', 'HEAD', '--', literal]);
  if (same.code !== 0) return 'it differs from the commit that is checked out';
  try {
    accessSync(path.join(root, program), constants.X_OK);
    return undefined;
  } catch {
    return 'it is not executable';
  }
}
