import { spawn } from 'node:child_process';
import { simpleGit } from 'simple-git';
import { PortError } from '../ports.ts';

/**
 * What keeps Git from running anything that a repository names and from asking anybody: no hooks, no file-system
 * monitor, no helpers of unusual transports, no prompts, no optional locks.
 */
const hardening = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['protocol.ext.allow', 'never'],
  ['core.pager', 'cat'],
] as const;

const environment: Readonly<Record<string, string>> = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_ASKPASS: '',
  SSH_ASKPASS: '',
  GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
  LC_ALL: 'C',
};

/** What Git may see of our own environment: no editors, pagers or wrappers; a pre-commit hook's index, though. */
const passedOn =
  /^(PATH|HOME|USER|LOGNAME|TMPDIR|TEMP|SYSTEMROOT|XDG_CONFIG_HOME|SSH_AUTH_SOCK|GIT_INDEX_FILE|GIT_DIR|GIT_WORK_TREE|GIT_SSL_CAINFO|SSL_CERT_FILE|(?:https?|no|all)_proxy)$/i;

function gitEnvironment(): Record<string, string> {
  const inherited = Object.entries(process.env).filter(([name]) => passedOn.test(name));
  return { ...(Object.fromEntries(inherited) as Record<string, string>), ...environment };
}

/** What Git answered to one command; `out` is empty and `error` its own words where it failed. */
export interface GitAnswer {
  readonly failed: boolean;
  readonly out: string;
  readonly error: string;
}

/** Runs one Git command in a folder. */
export async function git(folder: string, args: readonly string[]): Promise<GitAnswer> {
  try {
    const client = simpleGit({
      baseDir: folder,
      config: hardening.map(([name, value]) => `${name}=${value}`),
      unsafe: {
        allowUnsafeHooksPath: true,
        allowUnsafeFsMonitor: true,
        allowUnsafePager: true,
        allowUnsafeProtocolOverride: true,
        allowUnsafeAskPass: true,
        allowUnsafeSshCommand: true,
      },
      allowEnvironment: Object.keys(gitEnvironment()),
      errors: (error, result) =>
        result.exitCode === 0 ? undefined : (error ?? Buffer.concat([...result.stdErr, ...result.stdOut])),
    });
    return {
      failed: false,
      out: await client.env(gitEnvironment()).raw([...args]),
      error: '',
    };
  } catch (error) {
    return { failed: true, out: '', error: error instanceof Error ? error.message.trim() : String(error) };
  }
}

/** Runs a Git command that is told objects on its standard input, and answers its bytes (the library has no such call). */
export function gitBatch(
  folder: string,
  args: readonly string[],
  objects: readonly string[],
): Promise<Buffer> {
  const settings = hardening.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...settings, ...args], {
      cwd: folder,
      env: gitEnvironment(),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const out: Buffer[] = [];
    child.stdout.on('data', (data: Buffer) => out.push(data));
    child.stdin.on('error', () => undefined);
    child.on('error', (cause) => {
      reject(new PortError('Git was not found on the PATH', 1, { cause }));
    });
    child.on('close', () => {
      resolve(Buffer.concat(out));
    });
    child.stdin.end(objects.map((object) => `${object}\n`).join(''));
  });
}
