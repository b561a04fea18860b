/** Applications that stand in for those of a mesh while its proxies are tested, and record the requests they receive. */
export interface TestApplications {
  start(places: readonly ApplicationPlace[]): Promise<void>;
  /** Returns the requests that arrived with this `x-test-id`, in order; later ones are added to the list. */
  arrivals(testId: string): readonly Arrival[];
  stop(): Promise<void>;
}

/** The address of an application, and the name under which it records. */
export interface ApplicationPlace {
  readonly service: string;
  readonly version: string;
  readonly port: string;
  readonly protocol: string;
  readonly address: { readonly host: string; readonly port: number };
  /** The certificate (PEM) of an application that speaks TLS itself. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** A request that reached an application. */
export interface Arrival {
  readonly service: string;
  readonly version: string;
  readonly port: string;
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly host: string;
  /** Every header line: its name in lower case, and its value. */
  readonly headers: readonly (readonly [string, string])[];
}
