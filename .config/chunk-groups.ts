/** A chunk of the bundle: the sources that a pattern names, and all that they import. */
interface ChunkGroup {
  readonly name: string;
  readonly test: RegExp;
  /** A source belongs to the group with the highest priority. */
  readonly priority: number;
}

/**
 * The chunks that a command loads as a whole. Without them the bundle has a chunk for each set of commands with sources in
 * common, and `mesh validate` loads 130 files, which takes longer than to compile them. A group has only sources that each
 * command of the group needs, so that the others stay quick to start. `src/main.ts` is in no group: it waits for the
 * command, and a chunk that imports it would wait for itself.
 */
export const chunkGroups: ChunkGroup[] = [
  group('start', 60, ['adapters/compile-cache']),
  group('program', 50, ['program', 'main/commands', 'adapters/standard-streams']),
  group('reading', 40, [
    ...[
      'commands/validate',
      'adapters/certificate-reader',
      'adapters/heap-growth',
      'adapters/in-git-directory',
    ],
    ...['adapters/open-spec-store', 'adapters/output-file', 'adapters/platform-sha256', 'adapters/terminal'],
    ...['core/targets/authority-form', 'core/targets/yaml-text', 'core/revision/revision-files'],
  ]),
  group('delivery', 30, [
    ...['commands/apply', 'commands/plan', 'adapters/actor', 'adapters/git-branches', 'adapters/gzip-base64'],
    ...['adapters/named-file', 'adapters/output-directory', 'adapters/system-clock'],
  ]),
  group('istio-objects', 20, ['core/targets/istio/index']),
  group('envoy-files', 10, ['core/targets/envoy/index']),
];

function group(name: string, priority: number, sources: readonly string[]): ChunkGroup {
  return { name, test: new RegExp(`/src/(?:${sources.join('|')})\\.ts$`), priority };
}
