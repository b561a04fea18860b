import 'reflect-metadata';
import { createHash, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { CertificateRequester, RequestFacts } from '../ports/certificate-requester.ts';
import type { CertificatePlan, KeyPair } from '../ports/certificate-signer.ts';
import {
  certificateFor,
  keyExtensions,
  keyPem,
  nameExtension,
  newKeys,
  signatureAlgorithm,
} from './x509-signer.ts';

/** The requester that every command uses. */
export const certificateRequester: CertificateRequester = { request, read, signRequest };

async function request(plan: CertificatePlan): Promise<{ readonly request: string; readonly key: string }> {
  const keys = await newKeys();
  const made = await x509.Pkcs10CertificateRequestGenerator.create({
    name: plan.subject,
    keys,
    signingAlgorithm: signatureAlgorithm,
    extensions: [...keyExtensions(plan), nameExtension(plan)],
  });
  return { request: `${made.toString('pem')}\n`, key: await keyPem(keys.privateKey) };
}

async function read(text: string): Promise<RequestFacts | { readonly problem: string }> {
  const found = await verified(text);
  if (typeof found === 'string') return { problem: found };
  const extension = found.extensions.find((one) => one instanceof x509.SubjectAlternativeNameExtension);
  const names = extension?.names.toJSON() ?? [];
  const of = (type: string): readonly string[] =>
    names.flatMap((name) => (name.type === type ? [name.value] : []));
  return {
    publicKey: createHash('sha256').update(new Uint8Array(found.publicKey.rawData)).digest('hex'),
    uris: of('url'),
    dnsNames: of('dns'),
  };
}

/** Returns a request whose signature is that of its own key, or the reason that there is none. */
async function verified(text: string): Promise<x509.Pkcs10CertificateRequest | string> {
  x509.cryptoProvider.set(webcrypto);
  const blocks = x509.PemConverter.decodeWithHeaders(text);
  const [block] = blocks;
  if (block === undefined || blocks.length > 1 || !block.type.endsWith('CERTIFICATE REQUEST'))
    return 'it holds no certification request in PEM (or more than one)';
  try {
    const found = new x509.Pkcs10CertificateRequest(block.rawData);
    return (await found.verify()) ? found : 'it is not signed by its own key';
  } catch {
    return 'it is garbled';
  }
}

async function signRequest(text: string, plan: CertificatePlan, authority: KeyPair): Promise<string> {
  const found = await verified(text);
  if (typeof found === 'string') throw new Error(found);
  return certificateFor(plan, found.publicKey, authority);
}
