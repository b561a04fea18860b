import type { KeyStorage } from '../core/ir/certificates.ts';

/**
 * Stored signing keys. `read` throws PortError(13), whose message says who has the key; `write` returns the key's
 * place.
 */
export interface KeyStore {
  /** Returns the stored text, which is not validated, and its file. */
  read(reference: KeyReference): Promise<{ readonly text: string; readonly place: string }>;
  write(reference: KeyReference, pem: string): Promise<string>;
  /** Removes a stored key; does nothing if there is none. */
  remove(reference: KeyReference): Promise<void>;
}

/** A reference to a signing key: its owner, its storage, and its recipients. */
export interface KeyReference {
  readonly trustDomain: string;
  /** The `id` of the key's certificate in the trust file. */
  readonly id: string;
  readonly storage: KeyStorage;
  /** age recipients. */
  readonly recipients: readonly string[];
  /** The key's name for people: `root`, `issuer of prod`. */
  readonly what: string;
}
