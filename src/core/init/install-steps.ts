/**
 * Returns the steps of a job that check the repository out and install this tool; `file` is the file of the workflow.
 * With `history` all commits are fetched.
 */
export function installSteps(file: string, history = false): string {
  return `      - uses: actions/checkout@v4
${history ? '        with: {fetch-depth: 0} # plan --base compares with a commit\n' : ''}      - uses: actions/setup-node@v4
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
