/** The wait of one request for its answer. */
export interface AnswerWait {
  /** Aborts the request once the wait is over. */
  readonly signal: AbortSignal;
  /** Milliseconds until the abort, at the beginning of the wait; positive. */
  readonly limit: number;
  /** Restarts the wait: a part of the answer arrived. */
  heard(): void;
  /** Ends the wait without an abort. */
  end(): void;
}

/**
 * The longest silence of a server that a command waits for. A request that reaches the limit shows a silent server if no
 * other request was answered since it began: all waiting requests then end together, and later requests wait only a short
 * time until the server answers again. A command therefore waits for one limit, not for one limit at each request.
 */
export class AnswerLimit {
  readonly #limit: number;
  readonly #onSilence: ((silence: number, limit: number) => void) | undefined;
  /** The waiting requests, with the time when their wait began. */
  readonly #waiting = new Map<AbortController, number>();
  #lastHeard = Number.NEGATIVE_INFINITY;
  #isSilent = false;
  #teller: NodeJS.Timeout | undefined;

  /** Calls `onSilence` with the length of a silence and the limit while requests wait; all in milliseconds. */
  constructor(limit: number, onSilence?: (silence: number, limit: number) => void) {
    this.#limit = limit;
    this.#onSilence = onSilence;
  }

  /** Returns the message for a request whose wait ended. */
  get words(): string {
    return `no answer in ${this.#limit / 1000} s`;
  }

  /** Begins the wait of a request that has `spent` milliseconds of its limit in earlier attempts. */
  begin(spent = 0): AnswerWait {
    const controller = new AbortController();
    let started = performance.now();
    this.#waiting.set(controller, started);
    if (this.#onSilence !== undefined) this.#teller ??= setInterval(() => this.#tell(), tellsEvery).unref();
    const most = this.#isSilent ? this.#limit / shortPart : this.#limit;
    const limit = Math.ceil(Math.max(1, Math.min(this.#limit - spent, most)));
    const end = (): void => this.#end(controller, started);
    let timer = setTimeout(end, limit);
    return {
      signal: controller.signal,
      limit,
      heard: () => {
        this.#isSilent = false;
        this.#lastHeard = performance.now();
        started = this.#lastHeard;
        clearTimeout(timer);
        timer = setTimeout(end, this.#limit);
      },
      end: () => {
        clearTimeout(timer);
        this.#waiting.delete(controller);
        if (this.#waiting.size > 0) return;
        clearInterval(this.#teller);
        this.#teller = undefined;
      },
    };
  }

  #tell(): void {
    const since = Math.max(this.#lastHeard, Math.min(...this.#waiting.values()));
    const silence = performance.now() - since;
    if (silence >= tellsEvery / 2) this.#onSilence?.(silence, this.#limit);
  }

  /** Aborts a request that began at `started`; all requests if the server has answered none since. */
  #end(controller: AbortController, started: number): void {
    const isSilent = this.#lastHeard <= started;
    if (isSilent) this.#isSilent = true;
    for (const one of isSilent ? [...this.#waiting.keys()] : [controller]) one.abort();
  }
}

/** Divides the limit into the short wait of requests to a silent server: 2 s of 30. */
const shortPart = 15;

/** Milliseconds. */
const tellsEvery = 5_000;
