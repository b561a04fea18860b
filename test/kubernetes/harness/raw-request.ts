import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { testKubeconfig } from './connected.ts';
import { tokenOf } from './kubeconfig.ts';

/** The address and the certificate of the test server. */
export function testServer(): { readonly url: URL; readonly ca: Buffer } {
  const { clusters } = JSON.parse(readFileSync(testKubeconfig ?? '', 'utf8')) as {
    clusters: [{ cluster: { server: string; 'certificate-authority-data': string } }];
  };
  const { cluster } = clusters[0];
  const ca = Buffer.from(cluster['certificate-authority-data'], 'base64');
  return { url: new URL(cluster.server), ca };
}

/** Sends a request of a controller or a person to the test server; rejects unless the status is 2xx. */
export function rawRequest(method: string, path: string, body: unknown): Promise<void> {
  const { url, ca } = testServer();
  const text = JSON.stringify(body);
  const headers = {
    // Node doesn't say it of a DELETE by itself.
    'content-length': Buffer.byteLength(text),
    authorization: `Bearer ${tokenOf('admin')}`,
    'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
    'user-agent': 'kubectl-edit/test',
  };
  return new Promise((resolve, reject) => {
    const sent = request({ host: url.hostname, port: url.port, method, path, headers, ca }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const { statusCode = 0 } = answer;
        if (statusCode >= 200 && statusCode < 300) resolve();
        else reject(new Error(`${method} ${path}: ${statusCode} ${Buffer.concat(chunks).toString('utf8')}`));
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
}
