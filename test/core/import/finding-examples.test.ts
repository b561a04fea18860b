import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { originOf } from '../../../src/core/location.ts';
import { importTexts } from './import-case.ts';
import { nativeService } from './native-service.ts';

const folder = fileURLToPath(new URL('../../../fixtures/findings/', import.meta.url));
const services = ['books', 'web'].map((name) => nativeService(name)).join('');

/** Returns the codes and lines of the findings of an example that are about its own file. */
async function findings(code: string, file: string): Promise<readonly (readonly [string, number])[]> {
  const text = readFileSync(`${folder}${code}/${file}`, 'utf8');
  const platform = /-(.+)\.yaml$/.exec(file)?.[1] ?? '';
  const { diagnostics } = await importTexts(platform, { 'services.yaml': services, [file]: text });
  return diagnostics.flatMap((one) =>
    one.location.file === file ? [[one.code, originOf(one.location).line] as const] : [],
  );
}

describe.each(readdirSync(folder))('the examples of %s', (code) => {
  const files = readdirSync(`${folder}${code}`);

  test.each(files.filter((file) => file.startsWith('invalid-')))(
    '%s has the finding where it says so',
    async (file) => {
      const lines = readFileSync(`${folder}${code}/${file}`, 'utf8').split('\n');
      const marked = lines.flatMap((line, index) =>
        line.includes(`# ${code}`) ? [[code, index + 1] as const] : [],
      );
      expect(marked.length).toBeGreaterThan(0);
      expect(await findings(code, file)).toEqual(expect.arrayContaining(marked));
    },
  );

  test.each(files.filter((file) => file.startsWith('valid-')))('%s has it nowhere', async (file) => {
    expect((await findings(code, file)).map(([found]) => found)).not.toContain(code);
  });
});
