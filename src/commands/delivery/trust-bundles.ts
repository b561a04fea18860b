import { exit } from '../../core/exit-code.ts';
import { brokenAuthorityRule } from '../../core/identity/rules/broken-authority-rule.ts';
import { signingRoots, type Trust, trustBundle } from '../../core/identity/trust-file.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { record } from '../../core/lib/record.ts';
import { sha256 } from '../../core/lib/sha256.ts';
import type { CompiledTrust } from '../../core/targets/target.ts';
import type { CertificateReader } from '../../ports/certificate-reader.ts';
import { PortError } from '../../ports/port-error.ts';
import type { SpecStore } from '../../ports/spec-store.ts';
import { readTrust } from '../read-trust.ts';

/** The trust of verifiers: the mesh's own trust file, if there is one, and bundles (PEM) by trust domain. */
export interface TrustBundles extends CompiledTrust {
  readonly trust?: Trust;
  /** Digest of the mesh's own roots under which issuers sign. */
  readonly roots?: string;
  /** True if the trust comes from an output's record: then nobody can sign here. */
  readonly isRecorded?: boolean;
}

/** Reads trust from the store of the spec, so that a revision has its own trust. */
export async function trustBundles(
  store: SpecStore,
  { trustDomain, certificates }: Ir,
  reader: CertificateReader,
): Promise<TrustBundles> {
  const trust = await readTrust(store, trustDomain, reader);
  const federated = await Promise.all(
    certificates.federation.map(async ({ trustDomain: other, bundle }) => {
      const bytes = await store.file(bundle);
      if (bytes === undefined)
        throw new PortError(
          `the bundle ${JSON.stringify(bundle)} of ${other} is not there`,
          exit.certificate,
        );
      const text = new TextDecoder().decode(bytes);
      // A single unreadable bundle makes a proxy refuse its whole configuration.
      if (!reader.certificates(text)?.every(({ isAuthority }) => isAuthority))
        throw new PortError(
          `the bundle ${JSON.stringify(bundle)} of ${other} can't be used: it has to hold certificates of authorities in PEM, and nothing else`,
          exit.certificate,
        );
      const broken = reader
        .certificates(text)
        ?.map((one) => brokenAuthorityRule(reader, one, other))
        .find((one) => one !== undefined);
      if (broken !== undefined)
        throw new PortError(
          `the bundle ${JSON.stringify(bundle)} of ${other} can't be used: a certificate ${broken}`,
          exit.certificate,
        );
      return [other, text] as const;
    }),
  );
  const distrusted = trust?.distrusted?.at(-1);
  return {
    ...(distrusted !== undefined && { distrusted }),
    ...(trust && {
      trust,
      roots: sha256(
        signingRoots(trust)
          .map(({ certificate }) => certificate)
          .join('\n'),
      ),
    }),
    bundles: record([...federated, ...(trust ? [[trustDomain, trustBundle(trust)] as const] : [])]),
  };
}
