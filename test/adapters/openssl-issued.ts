import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A certificate that OpenSSL makes, and the key of its owner. */
export interface Issued {
  readonly certificate: string;
  readonly key: string;
}

/** The wish for a certificate. */
export interface IssuedWish {
  /** Lines of OpenSSL's extension file. */
  readonly extensions?: readonly string[];
  /** The signer; a certificate without one signs itself. */
  readonly signer?: Issued;
  /** Arguments of `openssl genpkey`. */
  readonly algorithm?: readonly string[];
  /** The key of the owner instead of a new one. */
  readonly key?: string;
  /** The name, in OpenSSL's notation. */
  readonly subject?: string;
  readonly days?: number;
  readonly serial?: string;
  readonly digest?: string;
}

const p256 = ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'] as const;
export const rsa = (bits: number): readonly string[] => [
  'RSA',
  '-pkeyopt',
  `rsa_keygen_bits:${String(bits)}`,
];

/** Extensions of an authority and of a workload that break no rule (X.509-SVID, appendix A). */
export const authorityExtensions = (domain = 'shop.example'): readonly string[] => [
  'basicConstraints=critical,CA:TRUE',
  'keyUsage=critical,keyCertSign,cRLSign',
  `subjectAltName=URI:spiffe://${domain}`,
  'subjectKeyIdentifier=hash',
  'authorityKeyIdentifier=keyid',
];
export const workloadExtensions = (
  changed: Readonly<Record<string, string | undefined>> = {},
): readonly string[] =>
  Object.entries<string | undefined>({
    basicConstraints: 'critical,CA:FALSE',
    keyUsage: 'critical,digitalSignature',
    extendedKeyUsage: 'serverAuth,clientAuth',
    subjectAltName: 'URI:spiffe://shop.example/ns/shop/sa/web',
    subjectKeyIdentifier: 'hash',
    authorityKeyIdentifier: 'keyid',
    ...changed,
  }).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));

/** Calls a function with a temporary folder and OpenSSL running in it. */
function inFolder<T>(use: (run: (...args: readonly string[]) => string, write: Write) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-openssl-'));
  try {
    return use(
      (...args) =>
        execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
      (name, text) => writeFileSync(path.join(folder, name), text),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Write = (name: string, text: string) => void;

/** Makes a certificate, valid from now on. */
export function opensslIssued(wish: IssuedWish): Issued {
  const { extensions = [], signer, algorithm = p256, subject = '/CN=x', days = 30, digest = 'sha256' } = wish;
  return inFolder((run, write) => {
    const key = wish.key ?? run('genpkey', '-algorithm', ...algorithm);
    write('key.pem', key);
    write('ext', `[e]\n${extensions.join('\n')}\n`);
    run('req', '-new', '-key', 'key.pem', '-subj', subject, '-out', 'csr.pem');
    if (signer) {
      write('signer.pem', signer.certificate);
      write('signer.key', signer.key);
    }
    const by = signer ? ['-CA', 'signer.pem', '-CAkey', 'signer.key'] : ['-signkey', 'key.pem'];
    const serial =
      wish.serial === undefined ? (signer ? ['-CAcreateserial'] : []) : ['-set_serial', wish.serial];
    const certificate = run(
      ...['x509', '-req', '-in', 'csr.pem', '-days', String(days), `-${digest}`, ...by, ...serial],
      ...['-extfile', 'ext', '-extensions', 'e'],
    );
    return { certificate, key };
  });
}

/** Returns true if `openssl verify -x509_strict` accepts a leaf with its chain by these roots. */
export function opensslVerifies(leaf: string, chain: string, roots: string): boolean {
  return inFolder((run, write) => {
    write('leaf.pem', leaf);
    write('chain.pem', chain);
    write('roots.pem', roots);
    const untrusted = chain === '' ? [] : ['-untrusted', 'chain.pem'];
    try {
      run('verify', '-x509_strict', '-CAfile', 'roots.pem', ...untrusted, 'leaf.pem');
      return true;
    } catch {
      return false;
    }
  });
}
