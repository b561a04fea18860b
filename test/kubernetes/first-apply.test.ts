import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pathExists } from '../../src/adapters/path-exists.ts';
import { connected, ensureNamespace, installCrds, testKubeconfig } from './harness/connected.ts';
import { emptyRootNamespace } from './harness/empty-root-namespace.ts';

const page = readFileSync(new URL('../../docs/kubernetes.md', import.meta.url), 'utf8');
const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

/** A command of the page with the lines that the page shows of its output; `…` stands for any text or lines. */
interface Said {
  readonly command: string;
  readonly lines: readonly string[];
}

const commands: readonly Said[] = [...page.matchAll(/^```console\n([^]*?)^```$/gm)].flatMap(
  ([, block = '']) =>
    block
      .split(/^\$ /m)
      .filter(Boolean)
      .map((part) => {
        const [command = '', ...lines] = part.trimEnd().split('\n');
        return { command, lines };
      }),
);

describe.skipIf(testKubeconfig === undefined)('the page of the first apply', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let root: string;

  beforeAll(async () => {
    await installCrds(cluster);
    await ensureNamespace(cluster, 'istio-system');
    await emptyRootNamespace(cluster);
    root = mkdtempSync(path.join(tmpdir(), 'mesh-first-apply-'));
    mkdirSync(path.join(root, 'bin'));
    writeFileSync(path.join(root, 'bin/mesh'), `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n`);
    chmodSync(path.join(root, 'bin/mesh'), 0o755);
  });
  afterAll(() => {
    cluster.close();
    rmSync(root, { recursive: true, force: true });
  });

  test('is followed word for word', { timeout: 240_000 }, async (context) => {
    const kubectl = (process.env['PATH'] ?? '').split(':').map((folder) => path.join(folder, 'kubectl'));
    const found = await Promise.all(kubectl.map((file) => pathExists(file)));
    context.skip(!found.includes(true), 'there is no kubectl');
    expect(commands.length).toBeGreaterThan(15);
    // One shell runs all of them: the page changes into a folder.
    const shell = spawn('bash', [], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PATH: `${path.join(root, 'bin')}:${process.env['PATH'] ?? ''}`,
        KUBECONFIG: testKubeconfig,
        HOME: root,
        GIT_AUTHOR_NAME: 'a',
        GIT_AUTHOR_EMAIL: 'a@example',
        GIT_COMMITTER_NAME: 'a',
        GIT_COMMITTER_EMAIL: 'a@example',
      },
    });
    let out = '';
    shell.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    shell.stderr.resume();
    const script = commands.map(({ command }, i) => `{ ${command}\n} 2>&1; echo "--- ${String(i)} $?"`);
    shell.stdin.end(`${script.join('\n')}\n`);
    await once(shell, 'close');
    let rest = out;
    for (const [i, { command, lines }] of commands.entries()) {
      const [, said = '', code, after = ''] =
        new RegExp(`^([^]*?)--- ${String(i)} (\\d+)\n([^]*)$`).exec(rest) ?? [];
      expect({ command, code, said }).toEqual({
        command,
        code: '0',
        said: expect.stringMatching(shown(lines)) as string,
      });
      rest = after;
    }
  });
});

function shown(lines: readonly string[]): RegExp {
  const parts = lines.map((line) =>
    line === '…' ? '(?:.*\\n)*?' : `${line.split('…').map(escaped).join('.*')}\\n`,
  );
  return lines.length === 0 ? /^/ : new RegExp(`^${parts.join('')}$`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
