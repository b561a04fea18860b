import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Repository } from './repository.ts';

const page = 'docs/migrating.md';

/** A block of a walk: commands with what they print, or an edit of files. */
const block = /^```(console|diff)\n([\s\S]*?)^```$/gm;

/** The sections of the page that walk through a fixture, by the name of its folder. */
const walks = readFileSync(page, 'utf8')
  .split(/^(?=## )/m)
  .flatMap((section) => {
    const [, fixture] = /`fixtures\/migrate\/([\w-]+)`/.exec(section) ?? [];
    return fixture === undefined ? [] : [{ fixture, section }];
  });

/** Returns a folder in a Git repository, beside the native configuration of a fixture. */
function workplace(fixture: string): { readonly repository: Repository; readonly cwd: string } {
  const repository = new Repository({});
  cpSync(`fixtures/migrate/${fixture}`, path.join(repository.root, fixture), { recursive: true });
  const cwd = path.join(repository.root, 'shop');
  mkdirSync(cwd);
  return { repository, cwd };
}

/** Applies a diff without line numbers: each file begins with `+++ NAME`, and its lines are one piece of its text. */
function edit(cwd: string, diff: string): void {
  for (const part of diff.split(/^\+\+\+ /m).slice(1)) {
    const [name = '', ...lines] = part.trimEnd().split('\n');
    const text = (sign: string): string =>
      lines
        .filter((line) => line.startsWith(' ') || line.startsWith(sign))
        .map((line) => `${line.slice(1)}\n`)
        .join('');
    const file = path.join(cwd, name);
    const before = readFileSync(file, 'utf8');
    expect(before.split(text('-')), `${name} has the lines of the diff once`).toHaveLength(2);
    writeFileSync(
      file,
      before.replace(text('-'), () => text('+')),
    );
  }
}

/** Runs a line of a transcript and returns its standard output, after standard error if it ends with `2>&1`. */
function printed(line: string, { repository, cwd }: ReturnType<typeof workplace>): string {
  const [program = '', ...args] = line.split(' ');
  if (program === 'rm') {
    for (const file of args) rmSync(path.join(cwd, file));
    return '';
  }
  if (program === 'git') {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...identity, ...args], { cwd, encoding: 'utf8' });
    return '';
  }
  expect(program).toBe('mesh');
  const [shown, words] = args.at(-1) === '2>&1' ? [true, args.slice(0, -1)] : [false, args];
  const { code, out, error } = repository.mesh(words, { cwd, env: { NO_COLOR: '1' } });
  const exit = code === 0 ? '' : `(exit code ${code ?? 'none'})\n`;
  // The plan's id has the hash of a commit, which is different in each run.
  return `${shown ? error : ''}${out.replace(/^Plan id .*\n/gm, '')}${exit}`;
}

/** Runs a block in a folder and returns the block with what its commands print now. */
function walked(kind: string, text: string, place: ReturnType<typeof workplace>): string {
  if (kind === 'diff') {
    edit(place.cwd, text);
    return text;
  }
  const commands = [...text.matchAll(/^\$ (.*)$/gm)].map(([, command = '']) => command);
  expect(commands.length, text).toBeGreaterThan(0);
  return commands.map((command) => `$ ${command}\n${printed(command, place)}`).join('');
}

describe('docs/migrating.md', () => {
  test('walks through four migrations', () => {
    expect(walks.map(({ fixture }) => fixture)).toEqual(['app-mesh', 'osm', 'smi', 'istio']);
  });

  test('its transcripts are printed so', { timeout: 240_000 }, async () => {
    let text = readFileSync(page, 'utf8');
    for (const { fixture, section } of walks) {
      const place = workplace(fixture);
      const now = section.replace(block, (_, kind: string, body: string) => {
        return `\`\`\`${kind}\n${walked(kind, body, place)}\`\`\``;
      });
      text = text.replace(section, () => now);
    }
    // With -u the page gets new transcripts: read them before you commit them.
    await expect(text).toMatchFileSnapshot(`../../${page}`);
  });
});
