import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { missingLicenses } from '../../.config/missing-licenses.ts';

const project = process.cwd();
const notices = readFileSync('dist/LICENSES.txt', 'utf8');
const regions = readdirSync('dist')
  .filter((file) => file.endsWith('.js'))
  .flatMap((file) => readFileSync(path.join('dist', file), 'utf8').match(/^\/\/#region .*$/gm) ?? []);

/** Returns the notices missing from a bundle with these notices and one additional module. */
function missing(text: string, module = ''): readonly string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-licenses-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, 'LICENSES.txt'), text);
  writeFileSync(path.join(folder, 'bundle.js'), [...regions, `//#region ${module}`].join('\n'));
  return missingLicenses(folder, project);
}

describe('LICENSES.txt', () => {
  test('covers the bundle', () => {
    expect(missingLicenses('dist', project)).toEqual([]);
  });

  test('has the notice of Lodash, whose code is in es-toolkit, and of other code inside packages', () => {
    for (const holder of [
      'Copyright OpenJS Foundation and other contributors',
      'Based on Underscore.js',
      'The Go Authors',
      'Heather Arthur',
      'Jon Schlinkert',
      'Rich Felker',
    ])
      expect(notices).toContain(holder);
  });

  test.each([
    ['a package', 'yaml 2.9.1 (ISC)', /^yaml 2\.9\.1 \(ISC\): no entry$/],
    ['a nested copy of a package', '@noble/curves 2.0.1 (MIT)', /^@noble\/curves 2\.0\.1 \(MIT\): no entry$/],
    ['a notice beside the licence', 'Based on Underscore.js', /^es-toolkit .*: its text is incomplete$/],
    ['code inside of a package', 'Jon Schlinkert', /^enquirer, in ink .*: its text is incomplete$/],
    ['a holder whom a module names', 'GMO GlobalSign', /asn1js\/build\/index\.js: names GMO GlobalSign$/],
  ])('without %s fails', (_, left, expected) => {
    expect(notices).toContain(left);
    expect(missing(notices.replaceAll(left, ''))).toContainEqual(expect.stringMatching(expected));
  });

  test('fails for a new package in the bundle, and for a bundle that names no modules', () => {
    expect(missing(notices, 'node_modules/typescript/lib/typescript.js')).toContainEqual(
      expect.stringMatching(/^typescript 6.*: no entry$/),
    );
    const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-licenses-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(path.join(folder, 'LICENSES.txt'), notices);
    expect(missingLicenses(folder, project)).toHaveLength(1);
  });
});
