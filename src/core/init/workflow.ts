import { expressionFree } from './expression-free.ts';
import { installSteps } from './install-steps.ts';
import { packageSettings } from './package-settings.ts';
import { type ProjectFile, unless } from './project-file.ts';

/**
 * Returns the workflow of GitHub Actions for a mesh in a folder of the repository; each mesh has its own workflow. With
 * `hasSuites` it runs the suites of tests.
 */
export function workflowFile(version: string, prefix: string, hasSuites: boolean): ProjectFile {
  const name = nameOf(prefix);
  const file = `.github/workflows/${name}.yaml`;
  return {
    file,
    text: workflow(name, file, version, prefix, hasSuites),
    missingFrom: unless('mesh validate'),
  };
}

/** A job of a workflow of its own, which a schedule starts. */
export interface ScheduledJob {
  /** End of the workflow's name. */
  readonly suffix: string;
  readonly job: string;
  /** In the notation of cron. */
  readonly schedule: string;
  readonly command: string;
}

/** Returns the workflow of a job that runs on a machine of the mesh by a schedule. */
export function workflowJob(version: string, prefix: string, scheduled: ScheduledJob): ProjectFile {
  const { suffix, job, schedule, command } = scheduled;
  const name = `${nameOf(prefix)}-${suffix}`;
  const file = `.github/workflows/${name}.yaml`;
  const text = `name: ${name}
on:
  schedule: [{cron: "${schedule}"}]
  workflow_dispatch:
# Two runs at a time would wait for each other's lock.
concurrency: ${name}
permissions: {contents: read}
${packageSettings(version)}jobs:
  ${job}:
    # CHANGE: a runner that reaches the output; the keys of issuers come by MESH_AGE_KEY
    runs-on: self-hosted
${folderOf(prefix)}    steps:
${installSteps(file)}      - run: exec ${command}
        env: {MESH_AGE_KEY: "\${{ secrets.MESH_AGE_KEY }}"}
`;
  return { file, text, missingFrom: unless(command) };
}

function workflow(name: string, file: string, version: string, prefix: string, hasSuites: boolean): string {
  return `name: ${name}
on:
  pull_request:
  push: {branches: [main]}
permissions: {contents: read}
${packageSettings(version)}jobs:
  validate:
    runs-on: ubuntu-latest
    permissions: {contents: read, security-events: write} # the second for upload-sarif
${folderOf(prefix)}    steps:
${installSteps(file, true)}      # 'exec': CI sends the signal that ends a job to the step's own process only
      - run: exec mesh validate --format github --format sarif="$RUNNER_TEMP/mesh.sarif"
      - uses: github/codeql-action/upload-sarif@v3
        if: always()
        continue-on-error: true # a repository without code scanning refuses it
        with: {sarif_file: "\${{ runner.temp }}/mesh.sarif", category: ${name}}
      - run: exec mesh fmt --check
      - run: exec mesh keys check
${hasSuites ? '      - run: exec mesh test --coverage --format github\n' : ''}      - run: exec mesh compile --out "$RUNNER_TEMP/compiled"
      # what the pull request changes, on the page of the run
      - if: github.event_name == 'pull_request'
        run: exec mesh plan --base "origin/$GITHUB_BASE_REF" --format markdown >> "$GITHUB_STEP_SUMMARY"
`;
}

function nameOf(prefix: string): string {
  return ['mesh', ...prefix.split('/').filter(Boolean)].join('-').replace(/[^\w.-]+/g, '-');
}

/** Returns the line that lets the steps of a job run in the folder of the mesh. */
function folderOf(prefix: string): string {
  return prefix === '' ? '' : `    defaults: {run: {working-directory: ${expressionFree(prefix)}}}\n`;
}
