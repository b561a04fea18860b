import { get } from 'node:http';
import type { ProxyAdmin } from '../ports.ts';

/** Asks Envoys' administration addresses; an answer other than 200, a late or an endless one counts as none. */
export const envoyAdmin: ProxyAdmin = {
  get: (address, path, timeout) =>
    new Promise((resolve) => {
      const url = URL.canParse(`http://${address}`) ? new URL(`http://${address}`) : undefined;
      if (url === undefined) {
        resolve(undefined);
        return;
      }
      const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
      const request = get(
        { host, port: url.port, path, signal: AbortSignal.timeout(timeout), agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          let size = 0;
          response.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size > largest) request.destroy(new Error('the answer is too long'));
            else chunks.push(chunk);
          });
          response.on('end', () =>
            resolve(response.statusCode === 200 ? Buffer.concat(chunks).toString('utf8') : undefined),
          );
          response.on('error', () => resolve(undefined));
        },
      );
      request.on('error', () => resolve(undefined));
    }),
};

/** Bytes of an answer; the statistics of a proxy with 10,000 clusters take a tenth. */
const largest = 64 * 1024 * 1024;
