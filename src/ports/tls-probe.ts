/** Shakes hands with a TLS server and closes the connection; sends no data. */
export interface TlsProbe {
  /** Throws PortError(15) if the server can't be reached or speaks no TLS. */
  handshake(request: HandshakeRequest): Promise<Handshake>;
}

/** The server and what the client shows. */
export interface HandshakeRequest {
  readonly host: string;
  readonly port: number;
  /** SNI; absent to send none. */
  readonly serverName?: string;
  /** PEM of the roots by which the client verifies the server; absent if they aren't known. */
  readonly roots?: string;
  /** PEM of the chain and key of the client's certificate. */
  readonly client?: { readonly chain: string; readonly key: string };
  /** The longest wait, in milliseconds. */
  readonly timeout: number;
}

/** The result of a handshake. */
export interface Handshake {
  /** PEM of the certificates that the server showed, leaf first; empty if the server ended the handshake before. */
  readonly chain: string;
  /** `TLSv1.3`; absent if the handshake was not completed. */
  readonly protocol?: string;
  /** The reason why the TLS library refuses the server's chain; absent if it accepts the chain. */
  readonly unverified?: string;
  /** The reason why the server refuses the client; absent if it accepts the client. */
  readonly refusal?: string;
}
