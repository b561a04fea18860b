import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { CertificatePlan, CertificateSigner } from '../ports/certificate-signer.ts';

/** The algorithm of every key and signature. */
export const signatureAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** The signer that every command uses. */
export const x509Signer: CertificateSigner = { sign };

type Authority = Parameters<CertificateSigner['sign']>[1];
type KeyPair = Awaited<ReturnType<CertificateSigner['sign']>>;

/** Makes a new key (ECDSA P-256) and the planned certificate for it, which the authority signs (SHA-256). */
async function sign(plan: CertificatePlan, authority: Authority): Promise<KeyPair> {
  const keys = await newKeys();
  const certificate = await certificateFor(plan, keys.publicKey, authority ?? keys.privateKey);
  return { certificate, key: await keyPem(keys.privateKey) };
}

/** Makes a new key of the only type that every mesh accepts (certificates.md). */
export async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  x509.cryptoProvider.set(webcrypto);
  return webcrypto.subtle.generateKey(signatureAlgorithm, true, ['sign', 'verify']);
}

/** Returns the planned certificate of a public key in PEM, signed by an authority or by its own private key. */
export async function certificateFor(
  plan: CertificatePlan,
  publicKey: webcrypto.CryptoKey | x509.PublicKey,
  by: KeyPair | webcrypto.CryptoKey,
): Promise<string> {
  const signer = 'certificate' in by ? new x509.X509Certificate(by.certificate) : undefined;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: plan.subject,
    issuer: signer?.subject ?? plan.subject,
    notBefore: new Date(plan.notBefore),
    notAfter: new Date(plan.notAfter),
    publicKey,
    signingKey: 'certificate' in by ? await signingKey(by.key) : by,
    signingAlgorithm: signatureAlgorithm,
    extensions: [
      ...keyExtensions(plan),
      nameExtension(plan),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(signer ? await signer.publicKey.export() : publicKey),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

/** Returns the extensions that say what the key may be used for. */
export function keyExtensions(plan: CertificatePlan): readonly x509.Extension[] {
  const { KeyUsageFlags, ExtendedKeyUsage } = x509;
  const signs: x509.KeyUsageFlags = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;
  const usage = plan.authority ? signs : KeyUsageFlags.digitalSignature;
  return [
    new x509.BasicConstraintsExtension(plan.authority, plan.pathLength, true),
    new x509.KeyUsagesExtension(usage, true),
    ...(plan.authority
      ? []
      : [new x509.ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth])]),
  ];
}

/** Returns the extension with the names of the certificate. */
export function nameExtension(plan: CertificatePlan): x509.Extension {
  return new x509.SubjectAlternativeNameExtension([
    ...(plan.uri === undefined ? [] : [{ type: 'url' as const, value: plan.uri }]),
    ...plan.dnsNames.map((value) => ({ type: 'dns' as const, value })),
  ]);
}

/** Returns a serial number of 128 random bits, positive. */
function serial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function signingKey(key: string): Promise<webcrypto.CryptoKey> {
  const [der] = x509.PemConverter.decode(key);
  return webcrypto.subtle.importKey('pkcs8', der as ArrayBuffer, signatureAlgorithm, false, ['sign']);
}

/** Returns a private key as PKCS#8 PEM. */
export async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
  return `${x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}
