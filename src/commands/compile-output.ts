import type { CompiledTarget } from '../core/compile.ts';
import { boundText } from '../core/plan/revision-files.ts';
import type { CompiledFile, Material } from '../ports.ts';

/** What a compiled target is on disk: its files with their places filled in, its index, certificates where some were issued. */
export function compiledFiles(
  compiled: CompiledTarget,
  seenAs: string,
  materials: readonly Material[],
): readonly CompiledFile[] {
  return [
    ...[...compiled.files.values()].map((file) => ({ path: file.path, text: boundText(file, seenAs) })),
    { path: 'index.json', text: compiled.index },
    ...materials.map(({ proxy, text }) => ({ path: `secrets/current/${proxy}.json`, text, secret: true })),
  ];
}

/** The fixed link in the working directory of each proxy, by which files that proxies share lead to its own certificate. */
export function proxyLinks({
  proxies,
  artifacts,
}: CompiledTarget): readonly { readonly path: string; readonly target: string }[] {
  const identified = new Set(
    artifacts.flatMap((artifact) => (artifact.type === 'certificate' ? [artifact.proxy] : [])),
  );
  return proxies
    .filter(({ id }) => identified.has(id))
    .map(({ id, workingDirectory }) => ({
      path: `${workingDirectory}/sds.json`,
      target: `${'../'.repeat(workingDirectory.split('/').length)}secrets/current/${id}.json`,
    }));
}

/** A compiled target as one stream of YAML documents (JSON is YAML), each after a comment that names its file; `${DIR}` stays. */
export function compiledStream({ name, files }: CompiledTarget): string {
  return [...files.values()]
    .map((file) => `---\n# ${name}/${file.path}\n${boundText(file, '${DIR}')}`)
    .join('');
}
