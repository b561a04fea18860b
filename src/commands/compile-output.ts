import { boundText, type RevisionFile } from '../core/plan/revision-files.ts';
import type { CertificateRequest } from '../core/targets/artifact.ts';
import type { Proxy } from '../core/targets/target.ts';
import type { CompiledFile, Material } from '../ports.ts';

/** Files as they are on disk, their places filled in. */
export function boundFiles(files: readonly RevisionFile[], seenAs: string): readonly CompiledFile[] {
  return files.map((file) => ({ path: file.path, text: boundText(file, seenAs) }));
}

/** Certificates as they are on disk. */
export function materialFiles(materials: readonly Material[]): readonly CompiledFile[] {
  return materials.map(({ proxy, text }) => ({ path: `secrets/current/${proxy}.json`, text, secret: true }));
}

/** The fixed link in the working directory of each proxy, by which files that proxies share lead to its own certificate. */
export function proxyLinks(
  proxies: readonly Proxy[],
  requests: readonly CertificateRequest[],
): readonly { readonly path: string; readonly target: string }[] {
  const identified = new Set(requests.map(({ proxy }) => proxy));
  return proxies
    .filter(({ id }) => identified.has(id))
    .map(({ id, workingDirectory }) => ({
      path: `${workingDirectory}/sds.json`,
      target: `${'../'.repeat(workingDirectory.split('/').length)}secrets/current/${id}.json`,
    }));
}

/** Files of a target as a stream of YAML documents (JSON is YAML), each after a comment that names it; `${DIR}` stays. */
export function streamed(target: string, files: readonly RevisionFile[]): string {
  return files.map((file) => `---\n# ${target}/${file.path}\n${boundText(file, '${DIR}')}`).join('');
}
