import { expressionFree } from '../expression-free.ts';
import { installSteps } from '../install-steps.ts';
import { packageSettings } from '../package-settings.ts';
import { type ProjectFile, unless } from '../project-file.ts';

/**
 * Returns the workflow of GitHub Actions, started by hand, that runs a rollout and then always a guard. The guard waits
 * for the minute after which a runner counts as dead.
 */
export function ciFiles(version: string, prefix: string): readonly ProjectFile[] {
  const name = ['mesh', ...prefix.split('/').filter(Boolean), 'rollout'].join('-').replace(/[^\w.-]+/g, '-');
  const file = `.github/workflows/${name}.yaml`;
  const folder = prefix === '' ? '' : `    defaults: {run: {working-directory: ${expressionFree(prefix)}}}\n`;
  const text = `name: ${name}
on:
  workflow_dispatch:
    inputs:
      rollout: {description: NAMESPACE/NAME of the Rollout, required: true}
# a rollout has one runner at a time
concurrency: {group: "${name} \${{ inputs.rollout }}"}
permissions: {contents: read}
${packageSettings(version)}  ROLLOUT: \${{ inputs.rollout }}
jobs:
  rollout:
    runs-on: ubuntu-latest
    timeout-minutes: 350
${folder}    steps:
${installSteps(file)}      # 'exec': CI sends the signal that ends a job to the step's own process only
      - run: exec mesh canary run "$ROLLOUT" --guard-follows --no-input
  guard:
    needs: [rollout]
    if: always()
    runs-on: ubuntu-latest
${folder}    steps:
${installSteps(file)}      - run: sleep 70; exec mesh canary guard --no-input
`;
  return [{ file, text, missingFrom: unless('mesh canary run') }];
}
