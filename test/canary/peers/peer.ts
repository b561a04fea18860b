/** The counts of one minute. */
export interface Minute {
  readonly candidate: { readonly requests: number; readonly errors: number };
  readonly baseline: { readonly requests: number; readonly errors: number };
}

/** Another tool's judge, asked once a minute. */
export interface Peer {
  readonly minute: (counts: Minute) => 'pass' | 'fail' | undefined;
}
