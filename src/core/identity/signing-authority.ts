import type { CertificateReader } from '../../ports/certificate-reader.ts';
import type { CertificateSigner } from '../../ports/certificate-signer.ts';
import type { KeyReference, KeyStore } from '../../ports/key-store.ts';
import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';

/** The only type of key that every mesh accepts; the signer uses no other (certificates.md). */
const signingKeyType = 'ECDSA P-256';

type Authority = NonNullable<Parameters<CertificateSigner['sign']>[1]>;

/**
 * Reads the key of an authority and checks that it belongs to the authority's certificate, so that no other key signs.
 * Throws PortError(13), which names the key's file and a remedy.
 */
export async function signingAuthority(
  certificate: string,
  reference: KeyReference,
  keys: KeyStore,
  reader: CertificateReader,
): Promise<Authority> {
  const { text, place } = await keys.read(reference);
  const refuse = (problem: string): PortError =>
    new PortError(
      `the ${reference.what} key (${place}) can't be used: ${problem}; put the key back that belongs to the certificate ${reference.id.slice(0, 16)} of certificates/${reference.trustDomain}.json${afresh(reference)}`,
      exit.certificate,
    );
  const key = reader.privateKey(text);
  if ('problem' in key) throw refuse(key.problem);
  const [facts] = reader.certificates(certificate) ?? [];
  if (facts?.keyType !== signingKeyType)
    throw refuse(
      `its certificate is of ${facts?.keyType ?? 'no'} key, and certificates are signed with ${signingKeyType} alone`,
    );
  if (facts.publicKey !== key.publicKey)
    throw refuse(
      key.keyType === facts.keyType
        ? 'it belongs to another certificate'
        : `it is an ${key.keyType} key, and the certificate is of an ${facts.keyType} one`,
    );
  return { certificate, key: key.pem };
}

/** Returns the remedy for a lost key: make a new issuer under the same root, which every proxy trusts already. */
function afresh({ what, trustDomain }: KeyReference): string {
  return what === 'root'
    ? ''
    : `, or take that issuer out of certificates/${trustDomain}.json and make a new one with 'mesh certs init'`;
}
