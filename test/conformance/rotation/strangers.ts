import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** An authority in files of openssl. */
export interface Authority {
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
}

/** A client's certificate with its chain, and its key; PEM. */
export interface Client {
  readonly cert: string;
  readonly key: string;
}

/**
 * Returns a certificate that openssl signs with an authority, with these URIs; `days` may be negative, so that the
 * certificate has expired.
 */
export function signedBy({ certificate, key }: Authority, uris: readonly string[], days = 1): Client {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-stranger-'));
  const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
  const run = (...args: readonly string[]): string =>
    execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const time = (at: number): string => new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  try {
    write('ca.pem', certificate);
    write('ca.key', key);
    const leaf = run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256');
    write('leaf.key', leaf);
    run('req', '-new', '-key', 'leaf.key', '-subj', '/O=shop.example', '-out', 'leaf.csr');
    write('index.txt', '');
    write('serial', '4D5A6B7C8D9EAF01');
    write(
      'ca.cnf',
      `[ca]
default_ca = own
[own]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
[any]
organizationName = supplied
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth,clientAuth
subjectAltName = ${uris.map((uri) => `URI:${uri}`).join(',')}
`,
    );
    const day = 24 * 60 * 60 * 1000;
    const span = ['-startdate', time(Date.now() - 2 * day), '-enddate', time(Date.now() + days * day)];
    const files = ['-cert', 'ca.pem', '-keyfile', 'ca.key', '-in', 'leaf.csr', '-out', 'leaf.pem'];
    run('ca', '-batch', '-notext', '-config', 'ca.cnf', '-extensions', 'leaf', ...span, ...files);
    return { cert: `${readFileSync(path.join(folder, 'leaf.pem'), 'utf8')}${certificate}`, key: leaf };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Sends one request over mutual TLS to a proxy. Returns the status, or `refused` if TLS refuses the client. */
export function request(port: number, client: Client): Promise<number | 'refused'> {
  return new Promise((done) => {
    const sent = https.get({
      ...{ ...client, host: '127.0.0.1', port, path: '/', headers: { host: 'reviews' } },
      ...{ rejectUnauthorized: false, agent: false, timeout: 10_000 },
    });
    sent.on('response', (response) => {
      response.resume();
      done(response.statusCode ?? 0);
    });
    sent.on('error', () => done('refused'));
  });
}
