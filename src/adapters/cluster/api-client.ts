import { exit } from '../../core/exit-code.ts';
import type { Json } from '../../core/lib/json.ts';
import type { Clock } from '../../ports/clock.ts';
import { PortError } from '../../ports/port-error.ts';
import { errorCode } from '../file-error.ts';
import { type ApiStatus, apiStatus, isUntyped } from './api-status.ts';
import { type Access, Credentials } from './credentials.ts';
import type { KubeconfigSettings } from './load-kubeconfig.ts';
import { type ApiAnswer, type ApiRequest, neverArrived, sendRequest, textOf } from './send-request.ts';

/** A request and its name in messages: `list virtualservices.networking.istio.io in namespace shop`. */
export interface NamedRequest extends ApiRequest {
  readonly what: string;
}

/** The answer to a request: the server's JSON, or the status with which the server refused the request. */
export type Answered =
  | { readonly ok: true; readonly code: number; readonly json: Json; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly status: ApiStatus };

/** An authorizer refuses the request (403). */
export class Forbidden extends PortError {
  constructor(message: string) {
    super(message, exit.unreachable);
    this.name = 'Forbidden';
  }
}

/** Settings of a client; `userAgent` is the name of the client in the server's audit log. */
export interface ClientSettings extends KubeconfigSettings {
  readonly clock: Clock;
  readonly userAgent: string;
}

/**
 * Sends requests to an API server. Sends a request again if the server is overloaded (429, 5xx), if the connection is
 * lost, or if the token has expired. Throws PortError(15) if all attempts fail, or if the server refuses access.
 */
export class ApiClient {
  readonly #credentials: Credentials;
  readonly #settings: ClientSettings;
  #hasAnswered = false;

  constructor(context: string | undefined, settings: ClientSettings) {
    this.#credentials = new Credentials(context, settings);
    this.#settings = settings;
  }

  get description(): string {
    return this.#credentials.description;
  }

  /**
   * Returns the server's answer, which may be the refusal of an object; never 401, the 403 of an authorizer, 429 or
   * 5xx.
   */
  async ask(request: NamedRequest): Promise<Answered> {
    let isRenewed = false;
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt + 1 >= attempts;
      const answered = await this.#once(request).catch((error: unknown) => {
        if (error instanceof PortError || last || !this.#isWorthTrying(error))
          throw this.#failed(request, error);
        return undefined;
      });
      if (answered === undefined) {
        await this.#settings.clock.sleep(backoff(attempt));
        continue;
      }
      this.#hasAnswered = true;
      if (answered.ok) return answered;
      const { status } = answered;
      if (status.code === 401 && !isRenewed) {
        isRenewed = true;
        this.#credentials.renew(answered.access);
        continue;
      }
      if (isTransient(status) && !last) {
        const asked = status.retryAfter === undefined ? 0 : Math.min(status.retryAfter * 1000, longestWait);
        await this.#settings.clock.sleep(Math.max(backoff(attempt), asked));
        continue;
      }
      if (status.code === 401 || status.code === 403 || isTransient(status)) {
        const refusal = this.#refused(request, status);
        if (refusal) throw refusal;
      }
      return answered;
    }
  }

  /** Opens a stream that the server keeps writing; the signal ends the stream. */
  async open(request: NamedRequest, signal: AbortSignal): Promise<ApiAnswer | ApiStatus> {
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt + 1 >= attempts || signal.aborted;
      const opened = await this.#opened(request, signal).catch((error: unknown) => {
        if (error instanceof PortError || last || !this.#isWorthTrying(error))
          throw this.#failed(request, error);
        return undefined;
      });
      if (opened !== undefined && ('body' in opened || last || !isTransient(opened))) return opened;
      await this.#settings.clock.sleep(backoff(attempt), signal);
    }
  }

  /** Opens a stream; renews the credentials once if the server refuses them. */
  async #opened(
    request: NamedRequest,
    signal: AbortSignal,
    isRenewed = false,
  ): Promise<ApiAnswer | ApiStatus> {
    const access = await this.#credentials.access();
    const answer = await sendRequest(access, request, this.#settings.userAgent, signal);
    this.#hasAnswered = true;
    if (answer.code === 200) return answer;
    const status = apiStatus(answer.code, await textOf(answer), undefined);
    if (status.code === 401 && !isRenewed) {
      this.#credentials.renew(access);
      return this.#opened(request, signal, true);
    }
    const refusal = status.code === 401 || status.code === 403 ? this.#refused(request, status) : undefined;
    if (refusal) throw refusal;
    return status;
  }

  /** Closes idle connections. */
  close(): void {
    this.#credentials.close();
  }

  async #once(request: NamedRequest): Promise<Answered & { readonly access: Access }> {
    const access = await this.#credentials.access();
    const late = AbortSignal.timeout(requestTimeout);
    const answer = await sendRequest(access, request, this.#settings.userAgent, late);
    const body = await textOf(answer);
    const { code, headers } = answer;
    if (code >= 200 && code < 300) {
      const warnings = warningsOf(headers['warning']);
      return { ok: true, code, json: JSON.parse(body) as Json, warnings, access };
    }
    return { ok: false, status: apiStatus(code, body, headers['retry-after']), access };
  }

  /** Returns false for a fault that lasts: of TLS, or of a server that has never answered and can't be reached. */
  #isWorthTrying(error: unknown): boolean {
    if (errorCode(error)?.startsWith('ERR_TLS') || certificateFaults.has(errorCode(error) ?? ''))
      return false;
    return this.#hasAnswered || !neverArrived(error);
  }

  #failed({ what }: NamedRequest, error: unknown): PortError {
    if (error instanceof PortError) return error;
    const why =
      error instanceof Error ? (error.name === 'TimeoutError' ? late : error.message) : String(error);
    return new PortError(
      `cannot ${what}: the API server of ${this.description} can't be reached: ${why}; check that it runs, and that this context is meant`,
      exit.unreachable,
      {
        cause: error,
      },
    );
  }

  /** Returns the error for a refused caller; undefined for a 403 that is about the object. */
  #refused({ what }: NamedRequest, status: ApiStatus): PortError | undefined {
    const { code, message } = status;
    if (code === 401)
      return new PortError(
        `cannot ${what}: ${this.description} doesn't accept the credentials of the context (401 ${message}): renew them`,
        exit.unreachable,
      );
    if (code === 403) {
      if (!/\bcannot \w+ (resource|path)\b/.test(message)) return undefined;
      return new Forbidden(
        `cannot ${what}: ${message} (context ${this.description}); mesh doctor --rbac plan, or apply, prints the roles that mesh needs`,
      );
    }
    return new PortError(`cannot ${what}: ${this.description} answers ${code}: ${message}`, exit.unreachable);
  }
}

/** Attempts of a request; the waits between the attempts bridge an outage of six seconds. */
const attempts = 6;
const firstWait = 200;
/** Milliseconds. */
const requestTimeout = 30_000;
const longestWait = 30_000;
const late = `no answer in ${requestTimeout / 1000} s`;

function backoff(attempt: number): number {
  return firstWait * 2 ** attempt;
}

/** Node's TLS error codes for faults of a server's certificate; another attempt would fail in the same way. */
const certificateFaults: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
]);

/**
 * Returns true if another attempt may succeed: a 500 can come from an etcd that has lost its leader. A limit on size
 * stays.
 */
function isTransient({ code, message }: ApiStatus): boolean {
  return code === 429 || (code >= 500 && !/too large|larger than max/.test(message) && !isUntyped(message));
}

/** The texts of `Warning: 299 - "…"` headers. */
function warningsOf(header: string | readonly string[] | undefined): readonly string[] {
  const joined = typeof header === 'string' ? header : (header ?? []).join(', ');
  return [...joined.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) =>
    text.replace(/\\(.)/g, '$1'),
  );
}
