import type { IncomingMessage, RequestOptions } from 'node:http';
import http from 'node:http';
import https from 'node:https';

type Header = { readonly name: string; readonly value: string };

/**
 * Sends a request to a port of the loopback; returns true if the application answers. A connection that fails and an
 * answer that takes ten seconds count as refused.
 */
export function reaches(
  protocol: 'http' | 'https',
  host: string,
  headers: readonly Header[],
  options: RequestOptions,
): Promise<boolean> {
  const lines = Map.groupBy(headers, ({ name }) => name);
  const written = [...lines].map(([name, own]) => [name, own.map(({ value }) => bytesOf(value))] as const);
  return new Promise((answer) => {
    const heard = (response: IncomingMessage): void => {
      response.resume();
      // Envoy's own answers to calls of gRPC have the status 200, too.
      response.on('end', () => answer(response.headers['x-served'] === 'yes'));
      response.on('error', () => answer(false));
    };
    const all = {
      ...options,
      host: '127.0.0.1',
      timeout: 10_000,
      headers: { host, ...Object.fromEntries(written) },
    };
    const request = protocol === 'http' ? http.request(all, heard) : https.request(all, heard);
    request.on('error', () => answer(false));
    request.on('timeout', () => request.destroy());
    request.end();
  });
}

/** Returns the bytes of a value, each as a character, as Node writes headers. */
function bytesOf(value: string): string {
  return Buffer.from(value).toString('latin1');
}
