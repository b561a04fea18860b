import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { boundText, revisionFiles } from '../../../src/core/revision/revision-files.ts';
import envoy from '../../../src/core/targets/envoy/index.ts';
import { materialForms } from '../../../src/core/targets/material-form.ts';
import type { Proxy } from '../../../src/core/targets/proxy.ts';
import type { Authority } from './authorities.ts';

/**
 * Writes the output of the target `envoy` for a mesh, with certificates, in the layout of `compile --out --issue`.
 * `impostors` are proxies, by id, that get the certificate of another service.
 */
export async function compiled(
  ir: Ir,
  out: string,
  authority: Authority,
  trust: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>> = {},
  impostors: Readonly<Record<string, string>> = {},
): Promise<readonly Proxy[]> {
  const version = envoy.versions.at(-1) ?? '';
  const artifacts = envoy.lower(ir, { version, options, trust });
  for (const file of revisionFiles(artifacts).values()) write(out, file.path, boundText(file, out));
  for (const artifact of artifacts) {
    if (artifact.type !== 'certificate' || artifact.profile === 'authority') continue;
    const { cert, key } = await authority.issue(
      artifact.profile,
      impostors[artifact.proxy] ?? artifact.subject,
    );
    const text = materialForms['envoy-sds'].write({ chain: cert, key }, '1');
    write(out, `secrets/current/${artifact.proxy}.json`, text);
  }
  const proxies = envoy.proxies?.(ir) ?? [];
  for (const { id, workingDirectory } of proxies) {
    const folder = path.join(out, workingDirectory);
    mkdirSync(folder, { recursive: true });
    symlinkSync(`../../secrets/current/${id}.json`, path.join(folder, 'sds.json'));
  }
  return proxies;
}

function write(out: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(out, file)), { recursive: true });
  writeFileSync(path.join(out, file), text);
}
