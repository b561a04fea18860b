import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overTls, type RequestOptions } from 'node:https';
import { createGunzip } from 'node:zlib';
import { errorCode } from '../file-error.ts';
import type { AnswerWait } from './answer-limit.ts';
import type { Access } from './credentials.ts';

/** A request to an API server. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with query. */
  readonly path: string;
  readonly body?: string;
  readonly contentType?: string;
  /** Media type of the answer; `application/json` if absent. */
  readonly accept?: string;
}

/** An answer whose body has not been read yet. */
export interface ApiAnswer {
  readonly code: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: NodeJS.ReadableStream & { destroy(): unknown };
}

interface Sending {
  readonly userAgent: string;
  readonly signal: AbortSignal;
  /** Milliseconds after which a silent proxy is given up. */
  readonly timeout: number;
}

/** Sends one request over one of the open connections; throws the error of the connection, or the reason of the signal. */
export function sendRequest(
  { server, agent, headers }: Access,
  { method, path, body, contentType, accept = 'application/json' }: ApiRequest,
  { userAgent, signal, timeout }: Sending,
): Promise<ApiAnswer> {
  const send = server.protocol === 'http:' ? overHttp : overTls;
  const base = server.pathname.replace(/\/$/, '');
  const options: RequestOptions = {
    method,
    host: server.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: server.port,
    path: `${base}${path}`,
    agent,
    signal,
    // Read by the agent of a proxy alone, which would keep an unanswered CONNECT open after the signal.
    timeout,
    headers: {
      ...headers,
      accept,
      'accept-encoding': 'gzip',
      'user-agent': userAgent,
      ...(body !== undefined && {
        'content-type': contentType ?? 'application/json',
        'content-length': Buffer.byteLength(body),
      }),
    },
  };
  return new Promise((resolve, reject) => {
    // An aborted request reports no error until it has a socket: not while a proxy opens the tunnel.
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    const sent = send(options, (response) => {
      signal.removeEventListener('abort', abort);
      const gzipped = response.headers['content-encoding'] === 'gzip';
      const unpacked = gzipped ? response.pipe(createGunzip()) : response;
      if (gzipped) response.on('error', (error) => unpacked.destroy(error));
      resolve({ code: response.statusCode ?? 0, headers: response.headers, body: unpacked });
    });
    sent.on('error', (error) => {
      signal.removeEventListener('abort', abort);
      reject(error);
    });
    sent.end(body);
  });
}

/** Returns the whole body as text; throws if the connection ends before the body does. */
export async function textOf({ body }: ApiAnswer, wait: Pick<AnswerWait, 'heard'>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) {
    chunks.push(Buffer.from(chunk));
    wait.heard();
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Returns true if the connection failed before it reached a server, so that the request had no effect. */
export function neverArrived(error: unknown): boolean {
  return unreachable.has(errorCode(error) ?? '');
}

const unreachable: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
