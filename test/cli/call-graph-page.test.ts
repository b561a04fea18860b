import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Repository } from './repository.ts';

const limit = { timeout: 240_000 };
const folder = 'fixtures/call-graph';

function example(): Repository {
  const files = readdirSync(folder).map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]);
  return new Repository(Object.fromEntries(files) as Record<string, string>);
}

test('the picture of docs/call-graph.md is the graph of its mesh', limit, async () => {
  const { out } = example().mesh(['graph', '--format', 'svg']);
  // With -u a new picture is written: look at it before you commit it.
  await expect(out).toMatchFileSnapshot('../../docs/call-graph.svg');
});

test('the transcript of docs/call-graph.md is printed so', limit, () => {
  const page = readFileSync('docs/call-graph.md', 'utf8');
  const [, command = '', printed] = /```\n\$ mesh (graph .*)\n([\s\S]*?)```/.exec(page) ?? [];
  const { code, out } = example().mesh(command.split(' '), { env: { NO_COLOR: '1' } });
  expect({ code, out }).toEqual({ code: 0, out: printed });
});
