import type { Json } from '../../core/lib/json.ts';
import { jsonRecord } from '../../core/lib/json-record.ts';
import type { FieldConflict, Refusal } from '../../ports/cluster.ts';

/** The answer of an API server that refused a request (meta/v1 Status). */
export interface ApiStatus {
  /** HTTP status. */
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly causes: readonly {
    readonly reason: string;
    readonly message: string;
    readonly field: string;
  }[];
  /** Seconds that the server asks to wait. */
  readonly retryAfter?: number;
}

/**
 * Reads the body of a refusal. A body that is no Status of Kubernetes, such as a proxy's page, gives a message with its
 * first characters.
 */
export function apiStatus(code: number, body: string, retryAfter: string | undefined): ApiStatus {
  const status = jsonRecord(parsed(body));
  const details = jsonRecord(status['details']);
  const causes = Array.isArray(details['causes']) ? (details['causes'] as readonly Json[]) : [];
  const waits = Number(retryAfter ?? details['retryAfterSeconds'] ?? Number.NaN);
  return {
    code,
    reason: text(status['reason']),
    message: text(status['message']) || body.slice(0, 200).trim() || `status ${code}`,
    causes: causes.map((cause) => {
      const { reason, message, field } = jsonRecord(cause);
      return { reason: text(reason), message: text(message), field: text(field) };
    }),
    ...(Number.isFinite(waits) && waits >= 0 && { retryAfter: waits }),
  };
}

/** Returns the fields in conflict of a server-side apply; an empty list for any other refusal. */
export function fieldConflicts({ causes }: ApiStatus): readonly FieldConflict[] {
  return causes
    .filter(({ reason }) => reason === 'FieldManagerConflict')
    .map(({ message, field }) => ({ manager: /^conflict with "([^"]*)"/.exec(message)?.[1] ?? '', field }));
}

/** Returns the reason why the server refused an object; undefined if the caller lacks the right to write the object. */
export function refusalOf({ code, reason, message, causes }: ApiStatus): Refusal | undefined {
  if (causes.some((cause) => cause.reason === 'NamespaceTerminating')) return 'terminating namespace';
  if (code === 404) return /^namespaces "/.test(message) ? 'no such namespace' : 'no such kind';
  if (
    code === 413 ||
    /request is too large|Request entity too large|trying to send message larger/i.test(message)
  )
    return 'too large';
  if (code === 401 || (code === 403 && isRbac(message))) return undefined;
  if (code === 403 || /admission webhook/.test(message)) return 'not admitted';
  if (isUntyped(message)) return 'invalid';
  return code === 400 || code === 422 || reason === 'Invalid' ? 'invalid' : undefined;
}

/**
 * Returns true for the message about a field that a built-in kind doesn't have; the API server sends this message with
 * 500.
 */
export function isUntyped(message: string): boolean {
  return message.startsWith('failed to create typed patch object');
}

/** Returns true for the message of an authorizer: `User "x" cannot patch resource …`. */
function isRbac(message: string): boolean {
  return /\bcannot \w+ (resource|path)\b/.test(message);
}

function parsed(body: string): Json {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return null;
  }
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
