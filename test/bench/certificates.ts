import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { certificateReader as reader } from '../../src/adapters/certificate-reader.ts';
import { x509Signer as signer } from '../../src/adapters/x509-signer.ts';
import { hierarchy } from '../../src/core/identity/hierarchy.ts';
import { workloadIssuer } from '../../src/core/identity/workload-issuer.ts';
import type { CertificateRequest } from '../../src/core/targets/artifact.ts';
import { certificatesConfig, Keys } from '../core/identity/made-hierarchy.ts';

const count = 1000;
/** OpenSSL needs two processes for each certificate, so fewer of them show its time. */
const opensslCount = 100;

/** Milliseconds for one certificate of `mesh`: key, signature, every rule, and the file of the proxy. */
async function ours(): Promise<number> {
  const now = new Date();
  const keys = new Keys();
  const certificates = certificatesConfig();
  const parts = { signer, reader, keys };
  const wish = { trustDomain: 'shop.example', targets: ['local'], certificates };
  const { trust } = await hierarchy(wish, parts, now.getTime());
  const requests = Array.from({ length: count }, (_, index): CertificateRequest => {
    const proxy = `service-${String(index)}`;
    return {
      ...{ type: 'certificate', kind: 'Certificate', name: proxy, namespace: 'shop', origins: [], proxy },
      ...{ profile: 'workload', form: 'envoy-sds', subject: `spiffe://shop.example/ns/shop/sa/${proxy}` },
    };
  });
  const issuer = workloadIssuer({ ...parts, trust, target: 'local', certificates });
  const begin = performance.now();
  const made = await issuer.issue(requests, now);
  if (made.length !== count) throw new Error(`${String(made.length)} certificates were made`);
  return (performance.now() - begin) / count;
}

/** Milliseconds for one certificate of OpenSSL: key and request, then the signature. */
function openssl(): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-bench-'));
  const run = (...args: readonly string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  try {
    const authority = ['-addext', 'keyUsage=critical,keyCertSign'];
    run('req', '-x509', ...key, '-subj', '/CN=ca', '-keyout', 'ca.key', '-out', 'ca.pem', ...authority);
    writeFileSync(
      path.join(folder, 'ext'),
      'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=URI:spiffe://shop.example/ns/shop/sa/web\n',
    );
    const begin = performance.now();
    for (let index = 0; index < opensslCount; index += 1) {
      run('req', '-new', ...key, '-subj', '/O=shop.example', '-keyout', 'leaf.key', '-out', 'leaf.csr');
      run(
        ...['x509', '-req', '-in', 'leaf.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
        ...['-days', '7', '-sha256', '-extfile', 'ext', '-out', 'leaf.pem'],
      );
    }
    return (performance.now() - begin) / opensslCount;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [own, theirs] = [await ours(), openssl()];
console.log(`mesh     ${own.toFixed(2)} ms a certificate (${String(count)} issued and checked)`);
console.log(
  `openssl  ${theirs.toFixed(2)} ms a certificate (${String(opensslCount)} issued, two processes each)`,
);
