import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { editorSchema } from './generate-editor-schema.ts';
import { typesModule } from './generate-types.ts';
import { validatorsModule } from './generate-validators.ts';
import { readSchemas, readSuiteKinds } from './schemas.ts';

/**
 * Writes the files that are generated from the schemas and the code; with `--check` writes nothing and fails if a file
 * differs.
 */
async function generate(root: string, check: boolean): Promise<void> {
  const schemas = readSchemas(`${root}schemas/v1`);
  const suites = readSuiteKinds(`${root}schemas/test/v1`);
  const schema = editorSchema(schemas, suites);
  const write = check ? compare : update;
  write(root, {
    'schemas/mesh.json': `${JSON.stringify(schema, undefined, 2)}\n`,
    'src/core/spec/types.gen.ts': await typesModule(schemas, suites),
    'src/core/spec/validate.gen.ts': validatorsModule(schemas, suites),
  });
  // Import these modules only now: they import the files written above.
  const { schemaForEditors } = await import('./schema-for-editors.ts');
  write(root, { 'schemas/editor.json': await schemaForEditors(schema) });
  const { docs } = await import('./generate-docs.ts');
  write(root, await docs(schemas));
}

type Files = Readonly<Record<string, string>>;

function update(root: string, files: Files): void {
  for (const [file, text] of differing(root, files)) {
    mkdirSync(dirname(root + file), { recursive: true });
    writeFileSync(root + file, text);
    console.log(`wrote ${file}`);
  }
}

function compare(root: string, files: Files): void {
  for (const [file] of differing(root, files)) {
    console.error(`${file} differs from its sources: npm run generate`);
    process.exitCode = 1;
  }
}

function differing(root: string, files: Files): readonly (readonly [string, string])[] {
  return Object.entries(files).filter(
    ([file, text]) => !existsSync(root + file) || readFileSync(root + file, 'utf8') !== text,
  );
}

await generate(fileURLToPath(new URL('../', import.meta.url)), process.argv.includes('--check'));
