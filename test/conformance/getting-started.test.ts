import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const page = readFileSync(fileURLToPath(new URL('../../docs/getting-started.md', import.meta.url)), 'utf8');
const program = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
const envoy = process.env['ENVOY'];
const place = mkdtempSync(path.join(tmpdir(), 'meshwright-started-'));

afterAll(() => rmSync(place, { recursive: true, force: true }));

/** The ports of the page; they are written there, so the test can't choose others. */
const ports = [8201, 8301, 9101, 9102, 9201, 9202, 9203, 9301, 9302, 9303];

async function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer().once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}

/** Returns the page as a shell script: its files, its commands, and a mark before each block of commands. */
function script(): { readonly text: string; readonly expected: readonly string[] } {
  // Whatever fails, nothing goes on running.
  const end = 'kill $(jobs -p) 2> /dev/null; mesh down > /dev/null 2>&1';
  const lines = ['set -e', 'set -m', `trap '${end}' EXIT`];
  const expected: string[] = [];
  for (const [, info = '', block = ''] of page.matchAll(/^```(.*)\n([\s\S]*?)^```/gm)) {
    const file = /file=(\S+)/.exec(info)?.[1];
    if (file !== undefined) lines.push(`cat > ${file} <<'END'`, block.trimEnd(), 'END');
    else if (info === 'sh') lines.push(block.trimEnd());
    else if (info === '') expected.push(...block.trim().split('\n'));
  }
  return { text: `${lines.join('\n')}\n`, expected };
}

describe.skipIf(envoy === undefined)('Getting started', () => {
  test('does what it says when it is followed word for word', { timeout: 120_000 }, async ({ skip }) => {
    const free = await Promise.all(ports.map(isFree));
    if (free.includes(false)) skip('a port of the page is taken on this machine');
    const bin = path.join(place, 'bin');
    mkdirSync(bin);
    mkdirSync(path.join(place, 'home'));
    symlinkSync(program, path.join(bin, 'mesh'));
    symlinkSync(process.execPath, path.join(bin, 'node'));
    symlinkSync(envoy ?? '', path.join(bin, 'envoy'));
    const { text, expected } = script();
    writeFileSync(path.join(place, 'script.sh'), text);
    const out = await run(bin);
    expect(expected.length).toBeGreaterThan(6);
    let from = 0;
    for (const line of expected) {
      const at = out.indexOf(line, from);
      expect(at, `${line}\nafter ${out.slice(0, from).slice(-500)}\nin ${out.slice(from)}`).toBeGreaterThan(
        -1,
      );
      from = at + line.length;
    }
  });
});

function run(bin: string): Promise<string> {
  const child = spawn('bash', ['script.sh'], {
    cwd: place,
    env: {
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      HOME: path.join(place, 'home'),
      ...{ GIT_AUTHOR_NAME: 'Ann', GIT_AUTHOR_EMAIL: 'ann@shop.example' },
      ...{ GIT_COMMITTER_NAME: 'Ann', GIT_COMMITTER_EMAIL: 'ann@shop.example' },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((done) => child.once('close', (code) => done(`${out}\nexit code ${String(code)}\n`)));
}
