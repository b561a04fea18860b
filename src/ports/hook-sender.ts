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
   * Posts a message with at most three tries of 10 s. Returns the HTTP status; undefined if no try was answered, or all
   * were answered by 5xx. Never rejects.
   */
  send(message: HookMessage): Promise<number | undefined>;
}
