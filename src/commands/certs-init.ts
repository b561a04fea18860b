import type { ExitCode } from '../core/exit-code.ts';
import { type HierarchyWish, hierarchy } from '../core/identity/hierarchy.ts';
import { formatTrust, trustFilePath } from '../core/identity/trust-file.ts';
import type { Ir } from '../core/ir/ir.ts';
import {
  type CertificateSigner,
  type Clock,
  type Console,
  type KeyStore,
  type OpenSpecStore,
  PortError,
} from '../ports.ts';
import type { Invocation } from '../program.ts';
import { wantedFormats } from './formats.ts';
import { linkedMesh } from './linked-mesh.ts';
import { meshOptions } from './options.ts';
import { readTrust } from './read-trust.ts';

/** What the command is made of. */
export interface CertsInitParts {
  readonly console: Console;
  readonly openSpecStore: OpenSpecStore;
  readonly signer: CertificateSigner;
  readonly keyStore: (root: string) => KeyStore;
  readonly clock: Clock;
  /** Writes a file below the root, whole or not at all. */
  readonly writeFile: (root: string, file: string, text: string) => Promise<void>;
}

/**
 * `mesh certs init`: makes the root and an issuer for each target of the mesh, and the trust file of its trust domain.
 * What exists is never replaced: with a complete hierarchy it refuses, with targets that have no issuer it adds theirs.
 */
export async function certsInit(invocation: Invocation, parts: CertsInitParts): Promise<ExitCode> {
  wantedFormats(invocation);
  const options = meshOptions(invocation);
  if (options.repo !== undefined || options.revision !== undefined || options.staged) {
    throw new PortError('certs init writes the trust file, so it needs the working tree', 64);
  }
  const opened = await parts.openSpecStore(options);
  const { ir, exitCode } = await linkedMesh(opened.store, invocation, parts.console);
  if (!ir) return exitCode;
  const file = trustFilePath(ir.trustDomain);
  const wish = wishOf(ir, await readTrust(opened.store, ir.trustDomain));
  if (
    wish.before &&
    wish.targets.every((target) => wish.before?.issuers.some((issuer) => issuer.target === target))
  ) {
    throw new PortError(`${file} exists and has an issuer for each target: it is never overwritten`, 1);
  }
  const now = parts.clock.now().getTime();
  const { trust, stored } = await hierarchy(wish, parts.signer, parts.keyStore(opened.root), now);
  await parts.writeFile(opened.root, file, formatTrust(trust));
  const { validity } = parts.signer;
  const until = (certificate: string): string =>
    new Date(validity(certificate).notAfter).toISOString().slice(0, 10);
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
  return 0;
}

function wishOf(ir: Ir, before: HierarchyWish['before']): HierarchyWish {
  const { root, issuer } = ir.certificates;
  if (root.keys === 'external' || issuer.keys === 'external') {
    throw new PortError(
      'spec.certificates keeps keys external, which is not supported yet: use file or age',
      3,
    );
  }
  return {
    trustDomain: ir.trustDomain,
    targets: Object.keys(ir.targets).sort(),
    certificates: ir.certificates,
    ...(before && { before }),
  };
}
