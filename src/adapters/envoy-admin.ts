import { get } from 'node:http';
import type { AdminAnswer, ProxyAdmin } from '../ports/proxy-admin.ts';
import { errorCode } from './file-error.ts';

/** Sends requests to the administration addresses of Envoys. */
export const envoyAdmin: ProxyAdmin = {
  get: (address, path, timeout, signal) =>
    new Promise((resolve) => {
      const url = URL.canParse(`http://${address}`) ? new URL(`http://${address}`) : undefined;
      if (url === undefined) {
        resolve({ state: 'absent' });
        return;
      }
      const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
      const late = AbortSignal.timeout(timeout);
      const ends = signal ? AbortSignal.any([late, signal]) : late;
      const failed = (error: Error): void => resolve(ends.aborted ? { state: 'silent' } : failure(error));
      const request = get({ host, port: url.port, path, signal: ends, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > largest) request.destroy(new Error('its answer is larger than 64 MiB'));
          else chunks.push(chunk);
        });
        response.on('end', () => resolve(answerOf(response.statusCode, chunks)));
        response.on('error', failed);
      });
      request.on('error', failed);
    }),
};

/** Largest answer that is read, in bytes; the statistics of a proxy with 10,000 clusters have a tenth. */
const largest = 64 * 1024 * 1024;

/** Errors of a connection that could not be opened. */
const unreachable: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

function answerOf(status: number | undefined, chunks: readonly Buffer[]): AdminAnswer {
  if (status !== 200) return { state: 'unusable', why: `it answers with status ${String(status)}` };
  return { state: 'answered', body: Buffer.concat(chunks).toString('utf8') };
}

function failure(error: Error): AdminAnswer {
  const code = errorCode(error);
  if (code !== undefined && unreachable.has(code)) return { state: 'absent' };
  // A reset means that the process has ended.
  if (code === 'ECONNRESET' || code === 'EPIPE') return { state: 'absent' };
  return { state: 'unusable', why: code?.startsWith('HPE_') ? 'it does not speak HTTP' : error.message };
}
