import { request as plain } from 'node:http';
import { request as tls } from 'node:https';
import type { Unreadable } from '../../core/evidence/unreadable.ts';
import type { PrometheusAccess } from './prometheus-access.ts';
import { prometheusVariables } from './prometheus-access.ts';

/** Milliseconds for one answer, its body included. */
const answerWithin = 10_000;

/** Largest answer that is read, in bytes: about 200,000 series. */
const largest = 32 * 1024 * 1024;

/**
 * Sends one query by POST to the HTTP API (`query` or `query_range`) and returns the body of an answer that has one of
 * the API's own forms. Never rejects. Follows no redirect, since the credentials would go along.
 */
export function askPrometheus(
  { base, agent, headers }: PrometheusAccess,
  endpoint: 'query' | 'query_range',
  form: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<{ readonly body: string } | Unreadable> {
  const late = AbortSignal.timeout(answerWithin);
  const body = new URLSearchParams(form).toString();
  const send = base.protocol === 'https:' ? tls : plain;
  return new Promise((resolve) => {
    const failed = (error: Error): void => {
      const why = late.aborted ? `it doesn't answer within ${String(answerWithin / 1000)} s` : error.message;
      resolve({ cause: 'unreachable', why });
    };
    const request = send(
      {
        method: 'POST',
        host: base.hostname.replace(/^\[(.*)\]$/, '$1'),
        port: base.port,
        path: `${base.pathname.replace(/\/$/, '')}/api/v1/${endpoint}`,
        agent,
        signal: signal ? AbortSignal.any([late, signal]) : late,
        headers: {
          ...headers,
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > largest) request.destroy(new Error('its answer is larger than 32 MiB'));
          else chunks.push(chunk);
        });
        response.on('error', failed);
        response.on('end', () => resolve(answerOf(response.statusCode ?? 0, Buffer.concat(chunks))));
      },
    );
    request.on('error', failed);
    request.end(body);
  });
}

/**
 * Returns the body of an answer, or the reason why there is none. The API has its own form for refused queries (400,
 * 422, 503).
 */
function answerOf(status: number, bytes: Buffer): { readonly body: string } | Unreadable {
  const body = bytes.toString('utf8');
  if (status === 200) return { body };
  if (status === 401 || status === 403)
    return {
      cause: 'unreachable',
      why: `it refuses us (status ${String(status)}): set ${prometheusVariables.token} or ${prometheusVariables.user}`,
    };
  if ([400, 422, 503].includes(status) && body.startsWith('{')) return { body };
  return { cause: 'unreachable', why: `it answers with status ${String(status)}` };
}
