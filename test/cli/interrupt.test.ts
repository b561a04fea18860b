import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Repository, shop } from './repository.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

/** Runs a command on its own terminal and, once it prints a text, types something or sends a signal. */
const onTerminal = `
import os, pty, select, signal, sys, time
deed, shown, command = sys.argv[1], sys.argv[2].encode(), sys.argv[3:]
child, terminal = pty.fork()
if child == 0: os.execvp(command[0], command)
out, done, end = b'', False, time.time() + 50
while time.time() < end:
    if select.select([terminal], [], [], 0.2)[0]:
        try: read = os.read(terminal, 65536)
        except OSError: break
        if not read: break
        out += read
    if not done and shown in out:
        time.sleep(0.2)
        done = True
        if deed == 'SIGTERM': os.kill(child, signal.SIGTERM)
        else: os.write(terminal, deed.encode())
else: os.kill(child, signal.SIGKILL)
_, status = os.waitpid(child, 0)
print(out.decode(errors='replace'))
sys.exit(os.waitstatus_to_exitcode(status) % 256)
`;

const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) console.warn('NO PYTHON: what is typed on a terminal is not tried');

/** The shop with keys in files, and with proxies that nobody runs. */
const undelivered = {
  ...shop,
  'services.yaml': shop['services.yaml']!.replace(/127\.0\.0\.1:2\d(\d)0(\d\d)/g, '127.0.0.1:$1$2'),
  'mesh.yaml': `${shop['mesh.yaml']!}  certificates: {root: {keys: file}, issuer: {keys: file}}\n`,
};

describe.skipIf(!hasPython)('the question of an apply', () => {
  test.each([
    ['Ctrl-C', '\x03', 130],
    ['Ctrl-D', '\x04', 130],
    ['no', 'no\r', 130],
    ['SIGTERM', 'SIGTERM', 143],
  ])('%s answers it with no', (_, deed, code) => {
    const repository = new Repository(undelivered);
    expect(repository.mesh(['certs', 'init']).code).toBe(0);
    const command = [process.execPath, bin, 'apply'];
    const ran = spawnSync('python3', ['-c', onTerminal, deed, 'Only "yes" does', ...command], {
      cwd: repository.root,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], XDG_STATE_HOME: path.join(repository.root, '.state'), TERM: 'xterm' },
    });
    expect(ran.stdout).toContain('Nothing was done.');
    expect(ran.stdout).not.toContain('defect');
    expect(ran.status, ran.stdout + ran.stderr).toBe(code);
    expect(existsSync(path.join(repository.root, 'live/config'))).toBe(false);
    // The lock has been released.
    expect(repository.mesh(['apply', '--yes', '--allow-dirty']).code).toBe(0);
  });
});

/** Starts a command; `ends` resolves with its exit code, or the signal that ended it. */
function started(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ends = new Promise<number | string | null>((done) =>
    child.once('exit', (code, signal) => done(code ?? signal)),
  );
  return { child, ends };
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 40_000; !isSo() && Date.now() < end; ) await sleep(2);
  expect(isSo()).toBe(true);
}

describe('a signal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    '%s during a compile keeps the previous output and leaves nothing else',
    async (signal, code) => {
      const repository = new Repository(shop);
      expect(repository.mesh(['compile', '--out', 'build']).code).toBe(0);
      const index = path.join(repository.root, 'build/local/index.json');
      const before = readFileSync(index, 'utf8');
      const many = Array.from({ length: 1500 }, (_, index) => {
        const at = (port: number): string =>
          `"127.1.${String(index >> 8)}.${String(index & 255)}:${String(port)}"`;
        return `apiVersion: mesh/v1
kind: Service
metadata: {name: s${String(index)}, namespace: many}
spec:
  ports: {http: {port: 80}}
  calls: []
  endpoints: {default: [{app: ${at(80)}, inbound: ${at(81)}, outbound: ${at(82)}, admin: ${at(83)}}]}
`;
      });
      repository.write('many.yaml', many.join('---\n'));
      const { child, ends } = started(repository.root, ['compile', '--out', 'build']);
      await until(() => readdirSync(path.join(repository.root, 'build')).length > 1);
      child.kill(signal);
      expect(await ends).toBe(code);
      expect(readdirSync(path.join(repository.root, 'build'))).toEqual(['local']);
      expect(readFileSync(index, 'utf8')).toBe(before);
    },
  );

  test('during a fetch removes the fetched files', async () => {
    const repository = new Repository({
      'bin/git': '#!/bin/sh\ncase "$*" in *fetch*) exec sleep 30;; esac\n',
    });
    chmodSync(path.join(repository.root, 'bin/git'), 0o755);
    const temporary = path.join(repository.root, 'tmp');
    mkdirSync(temporary);
    const { child, ends } = started(repository.root, ['validate', '--repo', 'https://example.org/x'], {
      PATH: `${path.join(repository.root, 'bin')}:${process.env['PATH'] ?? ''}`,
      TMPDIR: temporary,
    });
    const fetched = (): boolean => readdirSync(temporary).some((name) => name.startsWith('meshwright-repo-'));
    await until(fetched);
    child.kill('SIGTERM');
    expect(await ends).toBe(143);
    expect(fetched()).toBe(false);
  });

  test.each([[['fmt', '-']], [['validate', '-']], [['explain', 'request', '--batch', '-']]])(
    'ends a command that waits for standard input at once: %j',
    async (args) => {
      const { child, ends } = started(new Repository(shop).root, args);
      await sleep(1500);
      child.kill('SIGINT');
      // The signal itself ends the process, which a shell reports as 130.
      expect(['SIGINT', 130]).toContain(await ends);
    },
  );
});
