import type { Material } from '../core/identity/certificate-issuer.ts';
import { boundOutput } from '../core/revision/revision-files.ts';
import type { CertificateRequest } from '../core/targets/artifact.ts';
import type { OutputFile } from '../core/targets/files.ts';
import { fileForm } from '../core/targets/material-form.ts';
import type { Proxy } from '../core/targets/proxy.ts';
import type { CompiledFile, CompiledLink } from '../ports/compiled-folder.ts';

/** Returns certificates as files of the output. */
export function materialFiles(materials: readonly Material[]): readonly CompiledFile[] {
  return materials.map(({ proxy, text }) => ({ path: `secrets/current/${proxy}.json`, text, secret: true }));
}

/**
 * Returns links for the working directory of each proxy: files that proxies share refer to a proxy's own certificate by
 * these links.
 */
export function proxyLinks(
  proxies: ReadonlyMap<string, Proxy>,
  requests: readonly CertificateRequest[],
): readonly CompiledLink[] {
  const forms = new Map(requests.map(({ proxy, form }) => [proxy, form]));
  return [...forms].flatMap(([id, form]) => {
    const workingDirectory = proxies.get(id)?.workingDirectory;
    const link = fileForm({ form })?.link;
    if (workingDirectory === undefined || link === undefined) return [];
    return [
      {
        path: `${workingDirectory}/${link}`,
        target: `${'../'.repeat(workingDirectory.split('/').length)}secrets/current/${id}.json`,
      },
    ];
  });
}

/**
 * Returns files of a target as a stream of YAML documents (JSON is YAML), each after a comment with its name; `${DIR}`
 * stays.
 */
export function streamed(target: string, files: readonly OutputFile[]): string {
  return files.map((file) => `---\n# ${target}/${file.path}\n${boundOutput(file, '${DIR}')}`).join('');
}
