import path from 'node:path';
import type { Options } from '../command-table/invocation.ts';
import { type BuiltTarget, compileParts } from '../core/compile.ts';
import type { Material } from '../core/identity/certificate-issuer.ts';
import { workloadIssuer } from '../core/identity/workload-issuer.ts';
import type { Ir } from '../core/ir/ir.ts';
import { append } from '../core/lib/append.ts';
import type { CertificateRequest } from '../core/targets/artifact.ts';
import type { CertificateReader } from '../ports/certificate-reader.ts';
import type { CertificateSigner } from '../ports/certificate-signer.ts';
import type { Clock } from '../ports/clock.ts';
import type { CompiledFolder, OpenCompiledFolder } from '../ports/compiled-folder.ts';
import type { KeyStore } from '../ports/key-store.ts';
import type { WrittenTarget } from '../ui/compiled-text.ts';
import { materialFiles, proxyLinks } from './compile-output.ts';
import type { TrustBundles } from './delivery/trust-bundles.ts';

/** The parts of the world that writing compiled targets uses. */
export interface WritingParts {
  readonly compiledFolder: OpenCompiledFolder;
  /** Throws PortError(7) if a link leads a path below the root out of the root. */
  readonly refuseLinkOut: (root: string, path: string) => Promise<void>;
  readonly signer: CertificateSigner;
  readonly reader: CertificateReader;
  readonly keyStore: (root: string) => KeyStore;
  readonly clock: Clock;
  readonly workingDirectory: string;
}

/** A linked mesh, the targets to compile it for, and their trust. */
export interface Compiling extends TrustBundles {
  readonly ir: Ir;
  readonly targets: readonly BuiltTarget[];
  /** The folder of the spec, where keys are looked for. */
  readonly root: string;
}

/**
 * Writes each target to its folder below `out`. All folders are checked before the first write, and none is replaced
 * before all targets are compiled and all certificates issued.
 */
export async function writeCompiled(
  compiling: Compiling,
  out: string,
  { issue = false }: Options<'issue'>,
  parts: WritingParts,
): Promise<readonly (WrittenTarget & { readonly stamp: string })[]> {
  const absolute = path.resolve(parts.workingDirectory, out);
  const opened = [];
  for (const target of compiling.targets)
    opened.push({ target, folder: await parts.compiledFolder(absolute, target.config.name) });
  try {
    const ready = [];
    for (const { target, folder } of opened)
      ready.push(await writeTarget(compiling, target, folder, issue, parts));
    const stamps: string[] = [];
    for (const { folder } of opened) stamps.push(await folder.publish());
    return ready.map((target, i) => ({
      ...target,
      folder: path.join(out, target.name),
      stamp: stamps[i] ?? '',
    }));
  } catch (error) {
    for (const { folder } of opened) await folder.discard();
    throw error;
  }
}

/** Writes one target beside its folder. */
async function writeTarget(
  compiling: Compiling,
  checked: BuiltTarget,
  folder: CompiledFolder,
  issue: boolean,
  parts: WritingParts,
): Promise<Omit<WrittenTarget, 'folder'>> {
  const { ir } = compiling;
  const { name, platform, output } = checked.config;
  const seenAs = (output?.type === 'directory' ? output.seenAs : undefined) ?? folder.path;
  const requests: CertificateRequest[] = [];
  const proxies = new Map((checked.target.proxies?.(ir) ?? []).map((proxy) => [proxy.id, proxy]));
  let files = 0;
  const compiled = compileParts(ir, checked, compiling);
  let part = compiled.next();
  for (; !part.done; part = compiled.next()) {
    files += part.value.files.length;
    append(requests, part.value.requests);
    await folder.write(
      part.value.files.map((file) => ({ ...file, seenAs })),
      proxyLinks(proxies, part.value.requests),
    );
  }
  await folder.write([{ path: 'index.json', text: part.value }]);
  const materials = issue ? await issueCertificates(compiling, name, requests, parts) : undefined;
  await folder.write(materialFiles(materials ?? []));
  return { name, platform, files, proxies: proxies.size, ...(materials && { materials }) };
}

function issueCertificates(
  { ir, root, trust }: Compiling,
  target: string,
  requests: readonly CertificateRequest[],
  { signer, reader, keyStore, clock }: WritingParts,
): Promise<readonly Material[]> {
  const issuer = workloadIssuer({
    trust,
    target,
    certificates: ir.certificates,
    signer,
    reader,
    keys: keyStore(root),
  });
  return issuer.issue(requests, clock.now());
}
