/** A proxy that reads the target's files, and how to reach and start it. */
export interface Proxy {
  readonly id: string;
  /** `namespace/name` of its service or gateway. */
  readonly service: string;
  readonly version: string;
  readonly instance: number;
  /** Path of its bootstrap, as written to the directory. */
  readonly bootstrap: string;
  /** Path of its working directory. */
  readonly workingDirectory: string;
  readonly arguments: readonly string[];
  readonly admin: string;
  readonly inbound: Readonly<Record<string, string>>;
  readonly outbound: string;
}
