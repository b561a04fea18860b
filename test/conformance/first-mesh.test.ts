import { execFileSync, spawnSync } from 'node:child_process';
import dgram from 'node:dgram';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';

interface Step {
  readonly command: string;
  readonly output: readonly string[];
}

/** Returns the commands of the page with the output below each. */
function stepsOf(page: string): readonly Step[] {
  const blocks = [...page.matchAll(/^```console\n([^]*?)^```/gm)].map(([, text = '']) => text);
  return blocks.flatMap((text) =>
    text
      .split(/^\$ /m)
      .filter((part) => part !== '')
      .map((part) => {
        const [command = '', ...output] = part.trimEnd().split('\n');
        return { command, output };
      }),
  );
}

/** Returns a line without what differs from run to run: times. */
function lasting(line: string): string {
  return line.trimEnd().replace(/\(\d+\.\d+ s\)/g, '(N s)');
}

/** Returns true if lines are those of the page, where `...` stands for any number of lines. */
function matches(page: readonly string[], lines: readonly string[]): boolean {
  const [first, ...rest] = page;
  if (first === undefined) return lines.length === 0;
  if (first === '...') return lines.some((_, i) => matches(rest, lines.slice(i))) || matches(rest, []);
  return lines.length > 0 && lasting(first) === lasting(lines[0] ?? '') && matches(rest, lines.slice(1));
}

/** Claims the fixed ports of the first mesh against other runs of this test, by a UDP socket with one of the numbers. */
function claimed(): Promise<dgram.Socket | undefined> {
  return new Promise((resolve) => {
    const claim = dgram.createSocket('udp4').unref();
    claim.once('error', () => {
      claim.close();
      resolve(undefined);
    });
    claim.bind(27_000, '127.0.0.1', () => resolve(claim));
  });
}

/** Waits until the ports of the first mesh are free. */
async function portsOfTheFirstMesh(): Promise<void> {
  for (let waited = 0; waited < 120; waited += 1) {
    const claim = await claimed();
    if (claim !== undefined) {
      onTestFinished(() => void claim.close());
      return;
    }
    await sleep(1_000);
  }
  throw new Error('the ports of the first mesh are in use');
}

const envoy = process.env['ENVOY'];

test.skipIf(envoy === undefined)(
  'the page of the first hour does what it says, in an empty folder with another home',
  async () => {
    await portsOfTheFirstMesh();
    const steps = stepsOf(readFileSync('docs/first-mesh.md', 'utf8'));
    expect(steps.length).toBeGreaterThan(15);
    const top = mkdtempSync(path.join(tmpdir(), 'meshwright-first-'));
    const [home, prefix, tools] = ['home', 'prefix', 'tools'].map((name) => path.join(top, name)) as [
      string,
      string,
      string,
    ];
    for (const folder of [home, tools]) mkdirSync(folder);
    execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', top]);
    cpSync(process.execPath, path.join(tools, 'node'));
    const env = {
      HOME: home,
      PATH: `${path.join(prefix, 'bin')}:${tools}:/usr/local/bin:/usr/bin:/bin`,
      ENVOY: envoy,
      npm_config_prefix: prefix,
      npm_config_offline: 'true',
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@hello.example',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@hello.example',
    };
    let cwd = top;
    const run = (command: string) =>
      spawnSync('bash', ['-c', `exec 2>&1; ${command}\ncode=$?; pwd > "${top}/pwd"; exit $code`], {
        cwd,
        env,
        encoding: 'utf8',
        timeout: 60_000,
      });
    onTestFinished(() => {
      run('mesh down');
      rmSync(top, { recursive: true, force: true });
    });
    for (const { command, output } of steps) {
      const { status, stdout } = run(command);
      cwd = readFileSync(path.join(top, 'pwd'), 'utf8').trim();
      const lines = stdout === '' ? [] : stdout.replace(/\n$/, '').split('\n');
      const isAsWritten = matches(output, lines);
      expect({ command, status, isAsWritten, ...(!isAsWritten && { stdout }) }).toEqual({
        command,
        status: 0,
        isAsWritten: true,
      });
    }
  },
  300_000,
);
