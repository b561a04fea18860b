import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const bin = readFileSync('bin/mesh.js', 'utf8');

test('bin/mesh.js requires the Node version of package.json', () => {
  const [, floor] = /^>=(\d+\.\d+)$/.exec(packageJson.engines.node) ?? [];
  const [major, minor] = (floor ?? '').split('.');
  expect(bin).toContain(`mesh needs Node.js ${floor} or newer`);
  expect(bin).toContain(`major < ${major} || (major === ${major} && minor < ${minor})`);
});
