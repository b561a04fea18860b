/** A file beside the spec that is written where there is none. */
export interface ProjectFile {
  readonly file: string;
  readonly text: string;
}

/** Lines of `.gitignore`: what the tool writes and nobody commits, private keys above all. */
const ignoredLines: readonly string[] = ['/out/', '/build/', '*.sds.json'];

/** The `.gitignore` with what is missing of the lines, or nothing where none is. */
export function withIgnoredLines(text: string | undefined): string | undefined {
  const present = new Set((text ?? '').split(/\r?\n/).map((line) => line.trim()));
  const missing = ignoredLines.filter((line) => !present.has(line));
  if (missing.length === 0) return undefined;
  const before = text === undefined || text === '' || text.endsWith('\n') ? (text ?? '') : `${text}\n`;
  return `${before}# what mesh writes: configuration, certificates and keys\n${missing.map((line) => `${line}\n`).join('')}`;
}

/** Checks before a commit and in CI; `version` is that of this tool. */
export function projectFiles(version: string): readonly ProjectFile[] {
  return [
    { file: '.pre-commit-config.yaml', text: preCommit },
    { file: '.github/workflows/mesh.yaml', text: workflow(version) },
  ];
}

const preCommit = `# https://pre-commit.com: 'pre-commit install' makes Git run it
repos:
  - repo: local
    hooks:
      - id: mesh-validate
        name: mesh validate
        entry: mesh validate --staged # what the commit would hold, not what lies in the working tree
        language: system
        pass_filenames: false # a change in one file can break another
        types: [yaml]
      - id: mesh-fmt
        name: mesh fmt
        entry: mesh fmt
        language: system
        types: [yaml]
      - id: mesh-no-private-keys
        name: mesh keys check
        entry: mesh keys check --staged # in files of any kind
        language: system
`;

function workflow(version: string): string {
  return `name: mesh
on:
  pull_request:
  push: {branches: [main]}
permissions: {contents: read}
jobs:
  validate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: {node-version: 24}
      - run: npm install --global meshwright@${version}
      # 'exec': CI sends the signal that ends a job to the step's own process only
      - run: exec mesh validate
      - run: exec mesh fmt --check
      - run: exec mesh keys check
      - run: exec mesh compile --out "$RUNNER_TEMP/compiled"
`;
}
