import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyOfTheProject } from './copy-of-the-project.ts';

function generate(root: string, ...arguments_: readonly string[]) {
  return spawnSync(process.execPath, [join(root, '.config/generate.ts'), ...arguments_], {
    encoding: 'utf8',
  });
}

describe('generate --check', () => {
  test('names every outdated file, and generate updates them', () => {
    const root = copyOfTheProject({});
    const file = join(root, 'schemas/v1/service.json');
    const schema = JSON.parse(readFileSync(file, 'utf8'));
    schema.properties.spec.properties.planted = { type: 'boolean', description: 'Planted.' };
    writeFileSync(file, JSON.stringify(schema));
    const codes = join(root, 'src/core/exit-code.ts');
    writeFileSync(codes, readFileSync(codes, 'utf8').replace('Terminated', 'Planted'));
    const messages = join(root, 'src/core/plan/messages.ts');
    writeFileSync(messages, readFileSync(messages, 'utf8').replace(/text: '/, "text: 'planted "));
    const capabilities = join(root, 'src/core/targets/envoy/capabilities.ts');
    writeFileSync(
      capabilities,
      readFileSync(capabilities, 'utf8').replace(": 'full'", ": { none: 'planted', callers: 'planted' }"),
    );

    const { status, stderr } = generate(root, '--check');
    expect(status).toBe(1);
    for (const outdated of [
      'schemas/mesh.json',
      'src/core/spec/types.gen.ts',
      'src/core/spec/validate.gen.ts',
      'docs/cli.md',
      'docs/diagnostics.md',
      'docs/language.md',
      'docs/targets.md',
      'docs/targets/envoy.md',
    ]) {
      expect(stderr).toContain(`${outdated} differs`);
    }
    expect(generate(root)).toMatchObject({ status: 0 });
    expect(generate(root, '--check')).toMatchObject({ status: 0, stderr: '' });
  });

  test('a name that two definitions share gets the kind as prefix, and a repeated title is an error', () => {
    const root = copyOfTheProject({});
    const file = join(root, 'schemas/v1/service.json');
    const schema = JSON.parse(readFileSync(file, 'utf8'));
    schema.$defs.RouteRule = { type: 'string', description: 'Planted.' };
    schema.properties.spec.properties.planted = { $ref: '#/$defs/RouteRule' };
    writeFileSync(file, JSON.stringify(schema));
    expect(generate(root)).toMatchObject({ status: 0 });
    const types = readFileSync(join(root, 'src/core/spec/types.gen.ts'), 'utf8');
    expect(types).toMatch(/readonly planted\?: ServiceRouteRule;/);
    expect(types).toMatch(/export type ServiceRouteRule = string;/);
    expect(types).toMatch(/export interface RouteRouteRule /);

    schema.properties.spec.title = 'Retries';
    writeFileSync(file, JSON.stringify(schema));
    expect(generate(root).stderr).toContain('the title Retries is given twice');
  });
});
