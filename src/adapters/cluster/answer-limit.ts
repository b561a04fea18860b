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
 * The longest silence of a server. The silence is that of the server, not of one request: if no request was answered
 * since a request began that reaches the limit, all waiting requests end with it, and later requests wait only shortly
 * until the server answers again. So a command whose server falls silent ends after one limit, not after one for each
 * request that it still sends.
 */
export class AnswerLimit {
  readonly #limit: number;
  readonly #waiting = new Set<AbortController>();
  #lastHeard = Number.NEGATIVE_INFINITY;
  #isSilent = false;

  /** `limit` in milliseconds. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Returns the words for a request that ended with its wait. */
  get words(): string {
    return `no answer in ${this.#limit / 1000} s`;
  }

  /** Begins the wait of a request that has `spent` milliseconds of its limit in earlier attempts. */
  begin(spent = 0): AnswerWait {
    const controller = new AbortController();
    this.#waiting.add(controller);
    let started = performance.now();
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
      },
    };
  }

  /** Aborts a request that began at `started`; all requests if the server has answered none since. */
  #end(controller: AbortController, started: number): void {
    const isSilent = this.#lastHeard <= started;
    if (isSilent) this.#isSilent = true;
    for (const one of isSilent ? [...this.#waiting] : [controller]) one.abort();
  }
}

/** Divides the limit into the short wait of requests to a silent server: 2 s of 30. */
const shortPart = 15;
