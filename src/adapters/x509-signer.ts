import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { CertificatePlan, CertificateSigner } from '../ports/certificate-signer.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** The signer that every command uses. */
export const x509Signer: CertificateSigner = { sign };

type Authority = Parameters<CertificateSigner['sign']>[1];
type KeyPair = Awaited<ReturnType<CertificateSigner['sign']>>;

/** Makes a new key (ECDSA P-256) and the planned certificate for it, which the authority signs (SHA-256). */
async function sign(plan: CertificatePlan, authority: Authority): Promise<KeyPair> {
  x509.cryptoProvider.set(webcrypto);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const signer = authority && new x509.X509Certificate(authority.certificate);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: plan.subject,
    issuer: signer?.subject ?? plan.subject,
    notBefore: new Date(plan.notBefore),
    notAfter: new Date(plan.notAfter),
    publicKey: keys.publicKey,
    signingKey: authority ? await signingKey(authority.key) : keys.privateKey,
    signingAlgorithm: algorithm,
    extensions: await extensions(plan, keys.publicKey, signer),
  });
  return { certificate: `${certificate.toString('pem')}\n`, key: await pem(keys.privateKey) };
}

async function extensions(
  plan: CertificatePlan,
  publicKey: webcrypto.CryptoKey,
  signer: x509.X509Certificate | undefined,
): Promise<x509.Extension[]> {
  const names: x509.JsonGeneralNames = [
    ...(plan.uri === undefined ? [] : [{ type: 'url' as const, value: plan.uri }]),
    ...plan.dnsNames.map((value) => ({ type: 'dns' as const, value })),
  ];
  const { KeyUsageFlags, ExtendedKeyUsage } = x509;
  const signs: x509.KeyUsageFlags = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;
  const usage = plan.authority ? signs : KeyUsageFlags.digitalSignature;
  return [
    new x509.BasicConstraintsExtension(plan.authority, plan.pathLength, true),
    new x509.KeyUsagesExtension(usage, true),
    ...(plan.authority
      ? []
      : [new x509.ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth])]),
    new x509.SubjectAlternativeNameExtension(names),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
    await x509.AuthorityKeyIdentifierExtension.create(signer ? await signer.publicKey.export() : publicKey),
  ];
}

/** Returns a serial number of 128 random bits, positive. */
function serial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function signingKey(key: string): Promise<webcrypto.CryptoKey> {
  const [der] = x509.PemConverter.decode(key);
  return webcrypto.subtle.importKey('pkcs8', der as ArrayBuffer, algorithm, false, ['sign']);
}

async function pem(key: webcrypto.CryptoKey): Promise<string> {
  return `${x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}
