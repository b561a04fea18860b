import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { editorSchema } from './generate-editor-schema.ts';
import { typesModule } from './generate-types.ts';
import { validatorsModule } from './generate-validators.ts';
import { readSchemas } from './schemas.ts';

/** Writes what is derived from `schemas/v1`; with `--check` it writes nothing and fails where a file differs. */
async function generate(root: string, check: boolean): Promise<void> {
  const schemas = readSchemas(`${root}schemas/v1`);
  const files = {
    'schemas/mesh.json': editorSchema(schemas),
    'src/core/spec/types.gen.ts': await typesModule(schemas),
    'src/core/spec/validate.gen.ts': validatorsModule(schemas),
  };
  for (const [file, text] of Object.entries(files)) {
    const path = `${root}${file}`;
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    if (check) {
      console.error(`${file} differs from what schemas/v1 says: npm run generate`);
      process.exitCode = 1;
      continue;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${file}`);
  }
}

await generate(fileURLToPath(new URL('../', import.meta.url)), process.argv.includes('--check'));
