import type { KeyStorage } from '../core/ir/certificates.ts';

/** Signing keys at rest; `read` rejects with a `PortError` of exit code 13 that says who has the key, `write` answers where it put one. */
export interface KeyStore {
  /** The text that is kept, which may be anything, and the file that keeps it. */
  read(reference: KeyReference): Promise<{ readonly text: string; readonly place: string }>;
  write(reference: KeyReference, pem: string): Promise<string>;
}

/** A signing key: whose, where it is kept, and who can open it there. */
export interface KeyReference {
  readonly trustDomain: string;
  /** `id` of its certificate in the trust file. */
  readonly id: string;
  readonly storage: KeyStorage;
  /** age recipients. */
  readonly recipients: readonly string[];
  /** For people: `root`, `issuer of prod`. */
  readonly what: string;
}
