/** A message to a hook, as it is sent. */
export interface HookMessage {
  readonly url: string;
  /** JSON. */
  readonly body: string;
  /** The same for each try of one transition. */
  readonly key: string;
  /** Name of the environment variable with the key of the signature; absent: the message isn't signed. */
  readonly secret?: string;
}

/** Sends messages to hooks. */
export interface HookSender {
  /** Returns false if no environment variable of this name holds a key. */
  hasSecret(name: string): boolean;
  /**
   * Posts a message with at most three tries of 10 s: a try without an answer, and one answered by 408, 429 or 5xx, is
   * repeated. Follows no redirect. Gives up when the signal is aborted. Returns the last HTTP status; undefined if the
   * last try had no answer. Never rejects.
   */
  send(message: HookMessage, signal?: AbortSignal): Promise<number | undefined>;
}
