import { expressionFree } from './expression-free.ts';
import { installSteps } from './install-steps.ts';
import { packageSettings } from './package-settings.ts';
import type { ProjectFile } from './project-file.ts';

/** Returns the workflow of GitHub Actions for a mesh in a folder of the repository; each mesh has its own workflow. */
export function workflowFile(version: string, prefix: string): ProjectFile {
  const name = nameOf(prefix);
  const file = `.github/workflows/${name}.yaml`;
  return { file, text: workflow(name, file, version, prefix), missingFrom: () => undefined };
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
${packageOf(version)}jobs:
  ${job}:
    # CHANGE: a runner that reaches the output; the keys of issuers come by MESH_AGE_KEY
    runs-on: self-hosted
${installing(file, prefix)}      - run: exec ${command}
        env: {MESH_AGE_KEY: "\${{ secrets.MESH_AGE_KEY }}"}
`;
  return { file, text, missingFrom: () => undefined };
}

function workflow(name: string, file: string, version: string, prefix: string): string {
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
${packageOf(version)}jobs:
  validate:
    runs-on: ubuntu-latest
${installing(file, prefix)}      # 'exec': CI sends the signal that ends a job to the step's own process only
      - run: exec mesh validate
      - run: exec mesh fmt --check
      - run: exec mesh keys check
      - run: exec mesh compile --out "$RUNNER_TEMP/compiled"
`;
}

function nameOf(prefix: string): string {
  return ['mesh', ...prefix.split('/').filter(Boolean)].join('-').replace(/[^\w.-]+/g, '-');
}

/** Returns the rights of a workflow, and the package that it installs. */
function packageOf(version: string): string {
  return `permissions: {contents: read}
# mesh is in no package registry: what a registry has under the name mesh or meshwright is something else. In a clone of
# mesh's sources, 'npm ci && npm pack' makes meshwright-${version}.tgz. Put that where this job can fetch it, and fill in:
env:
  MESHWRIGHT_URL: "" # where the package lies
  MESHWRIGHT_SHA256: "" # what 'sha256sum meshwright-${version}.tgz' prints first; nothing else is installed
`;
}

/** Returns the folder of a job and the steps that install mesh. */
function installing(file: string, prefix: string): string {
  const folder = prefix === '' ? '' : `    defaults: {run: {working-directory: ${expressionFree(prefix)}}}\n`;
  return `${folder}    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: {node-version: 24}
      - name: install mesh
        run: |
          if [ -z "$MESHWRIGHT_URL" ] || [ -z "$MESHWRIGHT_SHA256" ]; then
            echo "${file}: fill in MESHWRIGHT_URL and MESHWRIGHT_SHA256; the comment beside them says how" >&2
            exit 1
          fi
          curl --fail --silent --show-error --location --output "$RUNNER_TEMP/meshwright.tgz" "$MESHWRIGHT_URL"
          echo "$MESHWRIGHT_SHA256  $RUNNER_TEMP/meshwright.tgz" | sha256sum --check --strict
          npm install --global --ignore-scripts "$RUNNER_TEMP/meshwright.tgz"
`;
}
