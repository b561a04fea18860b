/** The administration address of a proxy, on this machine. */
export interface ProxyAdmin {
  /** Sends a GET; `timeout` in milliseconds. Never rejects; an aborted signal ends it as `silent`. */
  get(address: string, path: string, timeout: number, signal?: AbortSignal): Promise<AdminAnswer>;
}

/** The answer of a proxy's administration address to a request. */
export type AdminAnswer =
  /** Status 200. */
  | { readonly state: 'answered'; readonly body: string }
  /** Any other status, or an answer that is no HTTP or too large. */
  | { readonly state: 'unusable'; readonly why: string }
  /** `absent`: nobody listens at the address. `silent`: somebody listens and does not answer in time. */
  | { readonly state: 'absent' | 'silent' };
