/** Returns the settings of a workflow that name the place of this tool's package. */
export function packageSettings(version: string): string {
  return `# mesh is in no package registry: what a registry has under the name mesh or meshwright is something else. In a clone of
# mesh's sources, 'npm ci && npm pack' makes meshwright-${version}.tgz. Put that where this job can fetch it, and fill in:
env:
  MESHWRIGHT_URL: "" # where the package lies
  MESHWRIGHT_SHA256: "" # what 'sha256sum meshwright-${version}.tgz' prints first; nothing else is installed
`;
}
