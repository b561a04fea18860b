import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Repository, shop } from './repository.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
const docs = fileURLToPath(new URL('../../docs/editors.md', import.meta.url));

/** A Neovim of 0.11 or newer; NEOVIM names its program. */
const neovim = process.env['NEOVIM'];

/** Returns the snippet of docs/editors.md that stands in init.lua. */
function snippet(): string {
  return /```lua\n([^]*?)```/.exec(readFileSync(docs, 'utf8'))?.[1] ?? '';
}

/** Asks the server what an editor asks, and prints the answers as one line of JSON. */
const script = `
local said = {}
local buffer = vim.api.nvim_get_current_buf()
local function ask(method, line, character, more)
  local params = vim.tbl_extend('force', {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    position = { line = line, character = character },
  }, more or {})
  for _, one in pairs(vim.lsp.buf_request_sync(buffer, method, params, 20000) or {}) do return one.result or one.error end
end
vim.wait(30000, function() return #vim.diagnostic.get(buffer) > 0 end, 50)
said.client = #vim.lsp.get_clients({ name = 'mesh', bufnr = buffer })
said.diagnostics = vim.tbl_map(function(one) return one.code .. ' ' .. one.lnum .. ':' .. one.col end, vim.diagnostic.get(buffer))
said.hover = ask('textDocument/hover', 4, 3)
said.definition = ask('textDocument/definition', 4, 12)
said.completion = ask('textDocument/completion', 4, 14)
said.rename = ask('textDocument/rename', 4, 12, { newName = 'ratings' })
local here = { start = { line = 6, character = 8 }, ['end'] = { line = 6, character = 8 } }
said.actions = ask('textDocument/codeAction', 6, 8, { range = here, context = { diagnostics = {} } })
io.stdout:write(vim.json.encode(said))
vim.cmd('qall!')
`;

const route = `apiVersion: mesh/v1
kind: Route
metadata: {name: reviews, namespace: shop}
spec:
  service: reviews
  rules:
    - backend: [{version: v2}]
`;

describe.skipIf(neovim === undefined)('the snippet for Neovim in docs/editors.md', () => {
  test('starts mesh lsp, which the editor can ask', { timeout: 120_000 }, () => {
    const repository = new Repository({
      ...shop,
      'routes.yaml': route,
      'config/nvim/init.lua': snippet(),
      'ask.lua': script,
      'bin/mesh': `#!/bin/sh\nexec ${process.execPath} ${bin} "$@"\n`,
    });
    const { root } = repository;
    chmodSync(path.join(root, 'bin/mesh'), 0o755);
    const { stdout, stderr } = spawnSync(
      neovim ?? '',
      ['--headless', 'routes.yaml', '-c', 'luafile ask.lua'],
      {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 60_000,
        env: {
          PATH: `${path.join(root, 'bin')}:${process.env['PATH'] ?? ''}`,
          HOME: root,
          XDG_CONFIG_HOME: path.join(root, 'config'),
          TERM: 'xterm',
        },
      },
    );
    const said = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, never>;
    expect(stderr).toBe('');
    expect(said).toMatchObject({
      client: 1,
      diagnostics: ['MESH1100 6:6'],
      hover: { contents: { value: expect.stringContaining('Route.spec.service') as string } },
      actions: [{ title: expect.stringContaining('backends') as string }],
    });
    expect(JSON.stringify(said['definition'])).toContain('services.yaml');
    expect(JSON.stringify(said['completion'])).toContain('"label":"web"');
    expect(JSON.stringify(said['rename'])).toContain('services.yaml');
  });
});
