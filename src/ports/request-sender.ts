/** Sends requests exactly as they are written, for comparing a proxy with the meaning of a mesh. */
export interface RequestSender {
  /** Sends one request over a new connection. Never rejects. */
  send(sending: Sending): Promise<Answer>;
  /**
   * Returns the greeting of a server over a connection that isn't HTTP, after it has also answered; undefined if the
   * connection is closed.
   */
  greet(sending: Pick<Sending, 'address' | 'tls' | 'preface' | 'within'>): Promise<string | undefined>;
}

/** One HTTP request; it is sent exactly as written, without normalisation. */
export interface Sending {
  /** The address to connect to; `localAddress` is the address of the caller. */
  readonly address: { readonly host: string; readonly port: number; readonly localAddress?: string };
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly host: string;
  readonly headers: readonly (readonly [string, string])[];
  /** If present, the request is sent over TLS, with or without a client certificate. */
  readonly tls?: {
    readonly servername?: string;
    readonly cert?: string;
    readonly key?: string;
    /** ALPN protocols in addition to http/1.1. */
    readonly alpn?: readonly string[];
    /** True if the server's certificate has to be valid for `servername`; otherwise any certificate will do. */
    readonly isVerified?: boolean;
  };
  /** TLS that the caller speaks with the application, within that of `tls`. */
  readonly within?: { readonly servername?: string };
  /** True for HTTP/2 without TLS, for gRPC. */
  readonly http2?: boolean;
  readonly timeout?: number;
  /** Bytes before everything else, including TLS: a header of the PROXY protocol. */
  readonly preface?: string;
  /** Milliseconds to wait before a message is sent through a WebSocket. */
  readonly linger?: number;
}

/** The caller's view of an answer. With status 0 the connection failed, was closed, or gave no answer. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** The gRPC status in the trailers of HTTP/2, or in the headers. */
  readonly grpcStatus?: number;
  readonly milliseconds: number;
}
