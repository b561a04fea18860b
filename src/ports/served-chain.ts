/** Asks a TLS server for the certificates that it shows to a client; sends no data. Never rejects. */
export type ServedChain = (address: string, timeout: number) => Promise<ServedChainAnswer>;

/** The answer of a TLS server. */
export type ServedChainAnswer =
  /** `chain`: PEM, leaf first. */
  | { readonly state: 'served'; readonly chain: string }
  /** The server doesn't listen, speaks no TLS, or shows no certificate in time; `why` is for people. */
  | { readonly state: 'unknown'; readonly why: string };
