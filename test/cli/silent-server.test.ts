import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
const limit = { timeout: 120_000 };

describe('a server of --repo that never answers', () => {
  /** Opens a port of this machine that accepts connections and sends nothing. */
  async function silentServer(): Promise<number> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }

  /** Returns the processes whose command line contains a text. */
  function running(text: string): readonly string[] {
    return readdirSync('/proc').filter((pid) => {
      try {
        return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        return false;
      }
    });
  }

  const started = (url: string, ...args: readonly string[]) => {
    const child = spawn(process.execPath, [bin, ...args, '--repo', url], {
      env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let error = '';
    child.stderr.on('data', (data: Buffer) => (error += data.toString()));
    const ends = new Promise<{ readonly code: number | null; readonly error: string }>((done) =>
      child.once('close', (code) => done({ code, error })),
    );
    return { child, ends };
  };

  test('is abandoned at --timeout', limit, async () => {
    const url = `http://127.0.0.1:${String(await silentServer())}/timeout.git`;
    const { ends } = started(url, 'validate', '--timeout', '2s');
    const { code, error } = await ends;
    expect({ code, error }).toEqual({ code: 15, error: expect.stringContaining('gave no answer within 2s') });
    expect(running(url)).toEqual([]);
  });

  test.each([
    ['SIGINT', 130, ['validate']],
    ['SIGTERM', 143, ['validate']],
    ['SIGINT', 130, ['status']],
    ['SIGHUP', 129, ['validate']],
  ] as const)('%s ends all processes of Git (%i): %j', limit, async (signal, code, args) => {
    const url = `http://127.0.0.1:${String(await silentServer())}/${signal}.git`;
    const { child, ends } = started(url, ...args);
    for (let i = 0; running(url).length < 3 && i < 2000; i++) await sleep(10);
    expect(running(url).length).toBeGreaterThanOrEqual(3);
    child.kill(signal);
    expect((await ends).code).toBe(code);
    for (let i = 0; running(url).length > 0 && i < 200; i++) await sleep(10);
    expect(running(url)).toEqual([]);
  });
});
