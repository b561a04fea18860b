import path from 'node:path';
import type { Invocation } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { signingAuthority } from '../../core/identity/signing-authority.ts';
import { issuerKey } from '../../core/identity/signing-keys.ts';
import { signingIssuer, trustBundle, trustFilePath } from '../../core/identity/trust-file.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { UsageError } from '../../core/usage-error.ts';
import type { CertificateReader } from '../../ports/certificate-reader.ts';
import type { KeyStore } from '../../ports/key-store.ts';
import { PortError } from '../../ports/port-error.ts';
import type { OpenSpecStore } from '../../ports/spec-store.ts';
import { readMeshAlone } from '../delivery/read-outputs.ts';
import { targetOf } from '../delivery/target-of.ts';
import { type Answering, wantedFormats } from '../formats.ts';
import { meshOptions } from '../options.ts';
import { readTrust } from '../read-trust.ts';
import { withStore } from '../with-store.ts';

/** The parts of the world that the command uses. */
export interface CertsExportParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
  readonly reader: CertificateReader;
  readonly keyStore: (root: string) => KeyStore;
  /** Writes a new file that only its owner may read; throws if the file exists or if Git would track it. */
  readonly writeSecret: (file: string, text: string) => Promise<void>;
  readonly makeFolder: (folder: string, mode: number) => unknown;
}

/** The life of a certificate that an agent renews, where the spec sets none (Mesh.certificates.workload.lifetime). */
const agentLeafLife = 24 * 60 * 60 * 1000;

/** `mesh certs export`: writes the issuer of a target in the form that the target's mesh reads. */
export async function certsExport(
  invocation: Invocation<'certs export'>,
  parts: CertsExportParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  return withStore(
    parts.openSpecStore,
    meshOptions(invocation),
    async ({ store, root }): Promise<ExitCode> => {
      const ir = await readMeshAlone(store, invocation, parts);
      if (ir === undefined) return exit.findings;
      const config = chosen(ir, invocation.target);
      const exporting = await targetOf(config);
      const { title } = exporting;
      if (exporting.authorityFiles === undefined)
        throw new UsageError(
          `target ${config.name}: ${title} has no authority that takes an issuer; an apply hands certificates to its proxies`,
        );
      const trust = await readTrust(store, ir.trustDomain, parts.reader);
      const issuer = trust && signingIssuer(trust, config.name);
      const signer = trust?.roots.find(({ id }) => id === issuer?.root);
      if (trust === undefined || issuer === undefined || signer === undefined)
        throw new PortError(
          `${trustFilePath(ir.trustDomain)} has no issuer for ${config.name}: 'mesh certs init' makes it`,
          exit.certificate,
        );
      const reference = issuerKey(ir.certificates, ir.trustDomain, issuer);
      const keys = parts.keyStore(root);
      const { certificate, key } = await signingAuthority(issuer.certificate, reference, keys, parts.reader);
      const made = exporting.authorityFiles({
        trustDomain: ir.trustDomain,
        certificate,
        intermediates: issuer.intermediates ?? '',
        key,
        root: signer.certificate,
        bundle: trustBundle(trust),
        leafLife: ir.certificates.workload.lifetime ?? agentLeafLife,
      });
      if ('refuses' in made)
        throw new PortError(`target ${config.name}: ${made.refuses}; nothing was written`, exit.findings);
      const { files, next } = made;
      const folder = invocation.out ?? `certificates-${config.name}`;
      parts.makeFolder(folder, 0o700);
      // A key that can't be written ends the command before anything else is there.
      for (const { name, text } of files.filter(({ isSecret }) => isSecret))
        await parts.writeSecret(path.join(folder, name), text);
      for (const { name, text } of files.filter(({ isSecret }) => !isSecret))
        await parts.writeOutput(path.join(folder, name), text, 'text');
      const lines = files.map(
        ({ name, isSecret }) =>
          `  ${path.join(folder, name)}${isSecret ? ' (0600, holds the private key)' : ''}\n`,
      );
      parts.console.out(`issuer of ${config.name}, for ${title}:\n${lines.join('')}next: ${next}\n`, 'text');
      return exit.success;
    },
  );
}

function chosen({ targets }: Ir, named: string | undefined): Ir['targets'][string] {
  const names = Object.keys(targets);
  const name = named ?? (names.length === 1 ? names[0] : undefined);
  const config = name === undefined ? undefined : targets[name];
  if (config === undefined)
    throw new UsageError(`--target has to name the target to export for: one of ${names.join(', ')}`);
  return config;
}
