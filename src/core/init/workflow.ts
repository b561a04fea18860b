import { expressionFree } from './expression-free.ts';
import { installSteps } from './install-steps.ts';
import { packageSettings } from './package-settings.ts';
import type { ProjectFile } from './project-file.ts';

/** Returns the workflow of GitHub Actions for a mesh in a folder of the repository; each mesh has its own workflow. */
export function workflowFile(version: string, prefix: string): ProjectFile {
  const name = ['mesh', ...prefix.split('/').filter(Boolean)].join('-').replace(/[^\w.-]+/g, '-');
  const file = `.github/workflows/${name}.yaml`;
  return { file, text: workflow(name, file, version, prefix), missingFrom: () => undefined };
}

function workflow(name: string, file: string, version: string, prefix: string): string {
  const folder = prefix === '' ? '' : `    defaults: {run: {working-directory: ${expressionFree(prefix)}}}\n`;
  return `name: ${name}
on:
  pull_request:
  push: {branches: [main]}
permissions: {contents: read}
${packageSettings(version)}jobs:
  validate:
    runs-on: ubuntu-latest
${folder}    steps:
${installSteps(file)}      # 'exec': CI sends the signal that ends a job to the step's own process only
      - run: exec mesh validate
      - run: exec mesh fmt --check
      - run: exec mesh keys check
      - run: exec mesh compile --out "$RUNNER_TEMP/compiled"
`;
}
