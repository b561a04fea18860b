import { certificateReader } from '../../../src/adapters/certificate-reader.ts';
import { x509Signer } from '../../../src/adapters/x509-signer.ts';
import { type HierarchyRequest, hierarchy, type SigningParts } from '../../../src/core/identity/hierarchy.ts';
import type { Trust } from '../../../src/core/identity/trust-file.ts';
import type { CertificatesConfig } from '../../../src/core/ir/certificates.ts';
import type { KeyStore } from '../../../src/ports/key-store.ts';

const day = 24 * 60 * 60 * 1000;

/** Keys in memory, which a test may replace. */
export class Keys implements KeyStore {
  readonly texts = new Map<string, string>();

  async read({ id }: { readonly id: string }): Promise<{ readonly text: string; readonly place: string }> {
    return Promise.resolve({ text: this.texts.get(id) ?? '', place: `/keys/${id}` });
  }

  async write({ id }: { readonly id: string }, pem: string): Promise<string> {
    this.texts.set(id, pem);
    return Promise.resolve(`/keys/${id}`);
  }

  async remove({ id }: { readonly id: string }): Promise<void> {
    this.texts.delete(id);
    return Promise.resolve();
  }
}

/** The properties of a hierarchy to make. */
export interface Wanted extends Partial<Omit<HierarchyRequest, 'certificates'>> {
  /** The lifetime of issuers, in milliseconds. */
  readonly issuerLifetime?: number;
}

/** Returns the certificate settings of a mesh that sets none. */
export function certificatesConfig(issuerLifetime = 90 * day): CertificatesConfig {
  return {
    root: { lifetime: 3650 * day, keys: 'file' },
    issuer: { lifetime: issuerLifetime, keys: 'file' },
    workload: {},
    keyAlgorithm: 'ecdsa-p256',
    recipients: { root: [], issuer: [] },
    delegate: 'none',
    federation: [],
  };
}

/** Returns a root and issuers that the real signer made at a moment, with their keys. */
export async function madeHierarchy(
  { trustDomain = 'shop.example', targets = ['local'], before, issuerLifetime }: Wanted,
  now: number,
  keys = new Keys(),
): Promise<{ readonly trust: Trust; readonly keys: Keys; readonly parts: SigningParts }> {
  const parts = { signer: x509Signer, reader: certificateReader, keys };
  const certificates = certificatesConfig(issuerLifetime);
  const wish = { trustDomain, targets, certificates, ...(before && { before }) };
  const { trust } = await hierarchy(wish, parts, now);
  return { trust, keys, parts };
}
