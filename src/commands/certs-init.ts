import type { Invocation, OptionsOf } from '../command-table/invocation.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { importRoots } from '../core/identity/external/import-roots.ts';
import { pendingIssuerKey } from '../core/identity/external/pending-keys.ts';
import { type HierarchyRequest, hierarchy, type StoredKey } from '../core/identity/hierarchy.ts';
import { formatTrust, type Trust, trustFilePath } from '../core/identity/trust-file.ts';
import type { Ir } from '../core/ir/ir.ts';
import { UsageError } from '../core/usage-error.ts';
import type { CertificateReader } from '../ports/certificate-reader.ts';
import type { CertificateRequester } from '../ports/certificate-requester.ts';
import type { CertificateSigner } from '../ports/certificate-signer.ts';
import type { ClaimedFile } from '../ports/claimed-file.ts';
import type { Clock } from '../ports/clock.ts';
import type { Console } from '../ports/console.ts';
import type { KeyStore } from '../ports/key-store.ts';
import { PortError } from '../ports/port-error.ts';
import type { OpenedStore, OpenSpecStore } from '../ports/spec-store.ts';
import {
  type ExternalParts,
  type ExternalWish,
  takeIssuers,
  writeIssuerRequests,
} from './certs/external-init.ts';
import { signedFiles } from './certs/signed-files.ts';
import { signedTargets } from './certs/signed-targets.ts';
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
  readonly requester: CertificateRequester;
  /** Reads the text of a file that the user named; throws PortError(1) if it can't be read. */
  readonly readNamedFile: (file: string) => Promise<string>;
  /** Reads a file of a folder as text; undefined if there is none. */
  readonly readFile: (root: string, file: string) => Promise<string | undefined>;
  /** Writes a file below a folder, whole or not at all. */
  readonly writeFile: (root: string, file: string, text: string) => Promise<void>;
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
  const { targets } = await wishOf(ir, file, await readTrust(opened.store, ir.trustDomain, parts.reader));
  const { certificate: signed = [] } = invocation;
  if (targets.length === 0) {
    if (signed.length === 0)
      throw new UsageError(
        `${ir.certificates.delegate} signs for each target of this mesh: --certificate FILE takes its roots into the trust file`,
      );
  } else if (ir.certificates.root.keys === 'external') {
    if (signed.length === 0) return await requestIssuers(ir, opened, parts);
  } else if (signed.length > 0)
    throw new UsageError(
      '--certificate takes what another authority signed: spec.certificates.root keeps its keys here',
    );
  const { wish, trust, stored } = await writeHierarchy(ir, file, invocation, opened, parts);
  const until = (certificate: string): string =>
    parts.reader
      .certificates(certificate)
      ?.map(({ notAfter }) => new Date(notAfter).toISOString().slice(0, 10))
      .join() ?? '';
  // Before the first commit the certificates are committed with the rest of the mesh.
  const next =
    (await opened.store.commit()) === undefined
      ? 'commit certificates/ with the rest of the mesh, then mesh apply'
      : `git add certificates && git commit -m "Trust ${trust.trustDomain}"`;
  parts.console.out(
    [
      `trust domain ${trust.trustDomain}: ${wish.before ? 'issuers added' : `a root and its issuers were ${signed.length > 0 ? 'taken' : 'made'}`}`,
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
      `Next: ${next}`,
      '',
    ].join('\n'),
    'text',
  );
  return exit.success;
}

type SignedOptions = Pick<OptionsOf<'certs init'>, 'certificate' | 'target'>;

/** Claims the trust file, reads it again, and makes the missing parts while no other process may write it. */
async function writeHierarchy(
  ir: Ir,
  file: string,
  call: SignedOptions,
  { store, root }: OpenedStore,
  parts: CertsInitParts,
) {
  const claim = await parts.claimFile(root, file);
  try {
    const bytes = await store.file(file);
    const isSigned = call.certificate !== undefined;
    const wish = await wishOf(ir, file, await readTrust(store, ir.trustDomain, parts.reader));
    const { signer, reader, keyStore } = parts;
    const now = parts.clock.now().getTime();
    const keys = keyStore(root);
    const made = isSigned
      ? await taken(wish, ir, call, root, parts)
      : await hierarchy(wish, { signer, reader, keys }, now);
    await claim.publish(
      formatTrust(made.trust),
      bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
    );
    if (isSigned)
      for (const { target } of made.trust.issuers)
        await keys.remove(pendingIssuerKey(ir.certificates, ir.trustDomain, target));
    return { wish, ...made };
  } finally {
    await claim.release();
  }
}

/** Returns the trust with the issuers that another authority signed. */
async function taken(
  wish: HierarchyRequest,
  ir: Ir,
  { certificate: files = [], target }: SignedOptions,
  root: string,
  parts: CertsInitParts,
): Promise<{ readonly trust: Trust; readonly stored: readonly StoredKey[] }> {
  const texts = await signedFiles(files, wish.targets, parts.readNamedFile);
  const { trustDomain } = wish;
  if (wish.targets.length === 0) {
    const now = parts.clock.now().getTime();
    const roots = texts.flatMap((one) =>
      importRoots(parts.reader, { trustDomain, now, file: one.file, text: one.text }),
    );
    return { trust: { trustDomain, phase: 'STEADY', roots, issuers: [] }, stored: [] };
  }
  const external = externalWish(wish, ir, parts);
  const targets = external.targets.filter((name) => target === undefined || name === target);
  return takeIssuers({ ...external, targets }, texts, externalParts(root, parts));
}

/** Writes a request for each target without an issuer, and says how to go on. */
async function requestIssuers(
  ir: Ir,
  { store, root }: OpenedStore,
  parts: CertsInitParts,
): Promise<ExitCode> {
  const file = trustFilePath(ir.trustDomain);
  const wish = await wishOf(ir, file, await readTrust(store, ir.trustDomain, parts.reader));
  const waiting = await writeIssuerRequests(externalWish(wish, ir, parts), externalParts(root, parts));
  parts.console.out(
    [
      `trust domain ${ir.trustDomain}: its root is external, so ${waiting.length === 1 ? 'a request waits' : 'requests wait'} for a signature`,
      ...waiting.map(
        ({ target, file: request, isNew }) =>
          `  issuer of ${target}: ${request}${isNew ? '' : ' (written before)'}`,
      ),
      '',
      'Have the root sign each as an authority: CA true, pathLength 0, keyUsage keyCertSign and cRLSign, and the URI',
      `name spiffe://${ir.trustDomain}. Then put the certificate and the root into one file, and go on with:`,
      '  mesh certs init --certificate FILE',
      '',
    ].join('\n'),
    'text',
  );
  return exit.success;
}

function externalWish(wish: HierarchyRequest, ir: Ir, { clock }: CertsInitParts): ExternalWish {
  const has = (target: string): boolean => wish.before?.issuers.some((one) => one.target === target) ?? false;
  return {
    ir,
    targets: wish.targets.filter((target) => !has(target)),
    ...(wish.before && { before: wish.before }),
    now: clock.now().getTime(),
  };
}

function externalParts(root: string, parts: CertsInitParts): ExternalParts {
  const { reader, requester } = parts;
  return {
    reader,
    requester,
    keys: parts.keyStore(root),
    readFile: (file) => parts.readFile(root, file),
    writeFile: (file, text) => parts.writeFile(root, file, text),
  };
}

async function wishOf(ir: Ir, file: string, before: HierarchyRequest['before']): Promise<HierarchyRequest> {
  const targets = await signedTargets(ir);
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
  if (root.keys !== 'external' && issuer.keys === 'external')
    throw new PortError(
      'spec.certificates keeps the issuers external and the root here: keep the root external, too, and take the issuers with --certificate',
      exit.findings,
    );
  return {
    trustDomain: ir.trustDomain,
    targets,
    certificates: ir.certificates,
    ...(before && { before }),
  };
}
