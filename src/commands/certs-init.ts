import type { Invocation } from '../command-table/invocation.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { type HierarchyWish, hierarchy } from '../core/identity/hierarchy.ts';
import { formatTrust, trustFilePath } from '../core/identity/trust-file.ts';
import type { Ir } from '../core/ir/ir.ts';
import { UsageError } from '../core/usage-error.ts';
import type { CertificateReader } from '../ports/certificate-reader.ts';
import type { CertificateSigner } from '../ports/certificate-signer.ts';
import type { ClaimedFile } from '../ports/claimed-file.ts';
import type { Clock } from '../ports/clock.ts';
import type { Console } from '../ports/console.ts';
import type { KeyStore } from '../ports/key-store.ts';
import { PortError } from '../ports/port-error.ts';
import type { OpenedStore, OpenSpecStore } from '../ports/spec-store.ts';
import { wantedFormats } from './formats.ts';
import { linkedMesh } from './linked-mesh.ts';
import { meshOptions } from './options.ts';
import { readTrust } from './read-trust.ts';

/** The parts of the world that the command uses. */
export interface CertsInitParts {
  readonly console: Console;
  readonly openSpecStore: OpenSpecStore;
  readonly signer: CertificateSigner;
  readonly reader: CertificateReader;
  readonly keyStore: (root: string) => KeyStore;
  readonly clock: Clock;
  /** Claims a file below the root; throws PortError(6) if another process writes it. */
  readonly claimFile: (root: string, file: string) => Promise<ClaimedFile>;
}

/**
 * `mesh certs init`: makes the root and an issuer for each target of the mesh, and the trust file of its trust domain.
 * Existing parts are never replaced: a complete hierarchy is refused; targets without an issuer get one.
 */
export async function certsInit(
  invocation: Invocation<'certs init'>,
  parts: CertsInitParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  const options = meshOptions(invocation);
  if (options.repo !== undefined || options.revision !== undefined || options.staged) {
    throw new UsageError('certs init writes the trust file, so it needs the working tree');
  }
  const opened = await parts.openSpecStore(options);
  const { ir, exitCode } = await linkedMesh(opened.store, invocation, parts.console);
  if (!ir) return exitCode;
  const file = trustFilePath(ir.trustDomain);
  // Report errors of the mesh or its trust before making anything.
  wishOf(ir, file, await readTrust(opened.store, ir.trustDomain, parts.reader));
  const { wish, trust, stored } = await writeHierarchy(ir, file, opened, parts);
  const until = (certificate: string): string =>
    parts.reader
      .certificates(certificate)
      ?.map(({ notAfter }) => new Date(notAfter).toISOString().slice(0, 10))
      .join() ?? '';
  parts.console.out(
    [
      `trust domain ${trust.trustDomain}: ${wish.before ? 'issuers added' : 'a root and its issuers were made'}`,
      ...trust.roots.map(
        ({ id, certificate }) => `  root    ${id.slice(0, 16)}  until ${until(certificate)}`,
      ),
      ...trust.issuers.map(
        ({ id, certificate, target }) =>
          `  issuer  ${id.slice(0, 16)}  until ${until(certificate)}  for ${target}`,
      ),
      '',
      ...stored.map(({ what, place }) => `the key of ${what} is in ${place}`),
      '',
      `Next: git add certificates && git commit -m "Trust ${trust.trustDomain}"`,
      '',
    ].join('\n'),
    'text',
  );
  return exit.success;
}

/** Claims the trust file, reads it again, and makes the missing parts while no other process may write it. */
async function writeHierarchy(ir: Ir, file: string, { store, root }: OpenedStore, parts: CertsInitParts) {
  const claim = await parts.claimFile(root, file);
  try {
    const bytes = await store.file(file);
    const wish = wishOf(ir, file, await readTrust(store, ir.trustDomain, parts.reader));
    const { signer, reader, clock, keyStore } = parts;
    const made = await hierarchy(wish, { signer, reader, keys: keyStore(root) }, clock.now().getTime());
    await claim.publish(
      formatTrust(made.trust),
      bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
    );
    return { wish, ...made };
  } finally {
    await claim.release();
  }
}

function wishOf(ir: Ir, file: string, before: HierarchyWish['before']): HierarchyWish {
  const targets = Object.keys(ir.targets).sort();
  if (before?.rotation)
    throw new PortError(
      `the ${before.rotation.of} of ${ir.trustDomain} rotates since ${before.rotation.began}: finish it, or abort it, with 'mesh certs rotate ${before.rotation.of}', before a target gets an issuer`,
      exit.refused,
    );
  if (before && targets.every((target) => before.issuers.some((issuer) => issuer.target === target)))
    throw new PortError(
      `${file} exists and has an issuer for each target: it is never overwritten`,
      exit.failed,
    );
  const { root, issuer } = ir.certificates;
  if (root.keys === 'external' || issuer.keys === 'external') {
    throw new PortError(
      'spec.certificates keeps keys external, which is not supported yet: use file or age',
      exit.findings,
    );
  }
  return {
    trustDomain: ir.trustDomain,
    targets,
    certificates: ir.certificates,
    ...(before && { before }),
  };
}
