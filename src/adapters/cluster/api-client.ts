import { exit } from '../../core/exit-code.ts';
import type { Json } from '../../core/lib/json.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Permit } from '../../ports/permit.ts';
import { PortError } from '../../ports/port-error.ts';
import { AnswerLimit, type AnswerWait } from './answer-limit.ts';
import { type ApiStatus, apiStatus, isUntyped } from './api-status.ts';
import { jsonAnswer } from './broken-answer.ts';
import { type Access, Credentials } from './credentials.ts';
import { isLasting, Unanswered, whyFailed } from './failed-request.ts';
import type { KubeconfigSettings } from './load-kubeconfig.ts';
import { type ApiAnswer, type ApiRequest, neverArrived, sendRequest, textOf } from './send-request.ts';
import { Slots } from './slots.ts';

/** A request and its name in messages: `list virtualservices.networking.istio.io in namespace shop`. */
export interface NamedRequest extends ApiRequest {
  readonly what: string;
  /** Asked before each attempt: client and server give the attempt up after the milliseconds that it resolves with. */
  readonly permit?: Permit;
  /** True for a request that doesn't wait for a slot, and whose attempts are short. */
  readonly isUrgent?: boolean;
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

/** The silence of a server that a request waits for, in milliseconds. */
export interface Silence {
  readonly length: number;
  readonly limit: number;
  /** True if the server has answered another request before. */
  readonly hasAnswered: boolean;
}

/** Settings of a client; `userAgent` is the name of the client in the server's audit log. */
export interface ClientSettings extends KubeconfigSettings {
  readonly clock: Clock;
  readonly userAgent: string;
  /** Milliseconds of a server's silence after which a request fails; absent: 30 s. */
  readonly answerLimit?: number;
  /** Called every few seconds while a request waits for a silent server. */
  readonly onSilence?: (silence: Silence) => void;
}

/**
 * Sends requests to an API server. Sends a request again if the server is overloaded (429, 5xx), if the connection is
 * lost, or if the token has expired. Throws PortError(15) if all attempts fail, or if the server refuses access.
 */
export class ApiClient {
  readonly #credentials: Credentials;
  readonly #settings: ClientSettings;
  readonly #limit: AnswerLimit;
  readonly #slots = new Slots(requestsAtOnce);
  #hasAnswered = false;

  constructor(context: string | undefined, settings: ClientSettings) {
    this.#credentials = new Credentials(context, settings);
    this.#settings = settings;
    const { onSilence } = settings;
    this.#limit = new AnswerLimit(
      settings.answerLimit ?? answerLimit,
      onSilence && ((length, limit) => onSilence({ length, limit, hasAnswered: this.#hasAnswered })),
    );
  }

  get description(): string {
    return this.#credentials.description;
  }

  /**
   * Returns the server's answer, which may be the refusal of an object; never 401, the 403 of an authorizer, 429 or
   * 5xx. All attempts together wait for the answer limit at most.
   */
  ask(request: NamedRequest): Promise<Answered> {
    return request.isUrgent ? this.#ask(request) : this.#slots.run(() => this.#ask(request));
  }

  async #ask(request: NamedRequest): Promise<Answered> {
    let isRenewed = false;
    /** Milliseconds since the server's last answer to this request. */
    let spent = 0;
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt + 1 >= attempts;
      const access = await this.#credentials.access();
      const most = request.isUrgent ? urgentLimit : await request.permit?.();
      const started = performance.now();
      const answered = await this.#once(limited(request, most), access, { spent, most }).catch(
        (error: unknown) => {
          if (last || !this.#isWorthTrying(error)) throw this.#failed(request, error);
          return undefined;
        },
      );
      if (answered === undefined) {
        await this.#settings.clock.sleep(backoff(attempt));
        spent += performance.now() - started;
        continue;
      }
      [this.#hasAnswered, spent] = [true, 0];
      if (answered.ok) return answered;
      const { status } = answered;
      if (status.code === 401 && !isRenewed) {
        isRenewed = true;
        this.#credentials.renew(access);
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
    let spent = 0;
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt + 1 >= attempts || signal.aborted;
      const access = await this.#credentials.access();
      const started = performance.now();
      const opened = await this.#opened(request, access, signal, spent).catch((error: unknown) => {
        if (error instanceof PortError || last || !this.#isWorthTrying(error))
          throw this.#failed(request, error);
        return undefined;
      });
      if (opened !== undefined && ('body' in opened || last || !isTransient(opened))) return opened;
      await this.#settings.clock.sleep(backoff(attempt), signal);
      spent = opened === undefined ? spent + performance.now() - started : 0;
    }
  }

  /** Opens a stream; renews the credentials once if the server refuses them. */
  async #opened(
    request: NamedRequest,
    access: Access,
    signal: AbortSignal,
    spent: number,
    isRenewed = false,
  ): Promise<ApiAnswer | ApiStatus> {
    const opened = await this.#waited(spent, async (wait) => {
      const either = AbortSignal.any([signal, wait.signal]);
      const answer = await this.#sent(access, request, wait, either);
      wait.heard();
      this.#hasAnswered = true;
      return answer.code === 200 ? answer : apiStatus(answer.code, await textOf(answer, wait), undefined);
    });
    if ('body' in opened) return opened;
    if (opened.code === 401 && !isRenewed) {
      this.#credentials.renew(access);
      return this.#opened(request, await this.#credentials.access(), signal, 0, true);
    }
    const refusal = opened.code === 401 || opened.code === 403 ? this.#refused(request, opened) : undefined;
    if (refusal) throw refusal;
    return opened;
  }

  /** Closes idle connections. */
  close(): void {
    this.#credentials.close();
  }

  /** `most` are the milliseconds of the attempt if it may take less than the server's silence. */
  #once(
    request: NamedRequest,
    access: Access,
    { spent, most }: { readonly spent: number; readonly most: number | undefined },
  ): Promise<Answered> {
    const late = most === undefined ? undefined : AbortSignal.timeout(most);
    const asked = this.#waited<Answered>(spent, async (wait) => {
      const signal = late === undefined ? wait.signal : AbortSignal.any([wait.signal, late]);
      const answer = await this.#sent(access, request, wait, signal);
      wait.heard();
      const body = await textOf(answer, wait);
      const { code, headers } = answer;
      if (code >= 200 && code < 300)
        return { ok: true, code, json: jsonAnswer(answer, body), warnings: warningsOf(headers['warning']) };
      return { ok: false, status: apiStatus(code, body, headers['retry-after']) };
    });
    return asked.catch((error: unknown) => {
      if (late?.aborted !== true || error instanceof Unanswered) throw error;
      throw new Error(`no answer in ${(most ?? 0) / 1000} s`, { cause: error });
    });
  }

  #sent(access: Access, request: NamedRequest, wait: AnswerWait, signal = wait.signal): Promise<ApiAnswer> {
    const { userAgent } = this.#settings;
    return sendRequest(access, request, { userAgent, signal, timeout: wait.limit });
  }

  /** Runs an action with a wait for the answer; throws `Unanswered` if the wait ended the action. */
  async #waited<T>(spent: number, action: (wait: AnswerWait) => Promise<T>): Promise<T> {
    const wait = this.#limit.begin(spent);
    try {
      return await action(wait);
    } catch (error) {
      throw wait.signal.aborted ? new Unanswered(this.#limit.words, { cause: error }) : error;
    } finally {
      wait.end();
    }
  }

  /** Returns false for a fault that lasts, or for a server that never answered and can't be reached. */
  #isWorthTrying(error: unknown): boolean {
    return !isLasting(error) && (this.#hasAnswered || !neverArrived(error));
  }

  #failed({ what }: NamedRequest, error: unknown): PortError {
    if (error instanceof PortError) return error;
    return new PortError(`cannot ${what}: ${whyFailed(error, this.description)}`, exit.unreachable, {
      cause: error,
    });
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
const answerLimit = 30_000;
const longestWait = 30_000;
/** Milliseconds of one attempt of an urgent request. */
const urgentLimit = 5_000;
/** Requests that are sent at the same time, watches apart. */
const requestsAtOnce = 8;

function backoff(attempt: number): number {
  return firstWait * 2 ** attempt;
}

/** Returns the request with the time that the server may take (query parameter `timeout` of the API server). */
function limited(request: NamedRequest, most: number | undefined): NamedRequest {
  if (most === undefined || request.permit === undefined) return request;
  const separator = request.path.includes('?') ? '&' : '?';
  return { ...request, path: `${request.path}${separator}timeout=${Math.ceil(most)}ms` };
}

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
