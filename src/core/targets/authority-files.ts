/** The issuer that a mesh's own authority signs workload certificates with, all PEM. */
export interface AuthorityMaterial {
  readonly trustDomain: string;
  readonly certificate: string;
  /** The authorities between the issuer and its root, the signer of the issuer first; empty if there are none. */
  readonly intermediates: string;
  /** PKCS#8. */
  readonly key: string;
  /** The root that the issuer's chain leads to. */
  readonly root: string;
  /** All roots that verifiers trust, the old ones first. */
  readonly bundle: string;
}

/** An issuer that somebody hands over by hand. */
export interface ExportedAuthority extends AuthorityMaterial {
  /** The life of a workload's certificate, in milliseconds. */
  readonly leafLife: number;
}

/** A file for a mesh's own authority. */
export interface AuthorityFile {
  readonly name: string;
  readonly text: string;
  /** True if the file holds the private key. */
  readonly isSecret: boolean;
}

/** The files for a mesh's own authority, and the way to hand them over. */
export interface AuthorityFiles {
  readonly files: readonly AuthorityFile[];
  /** The next step, for people. */
  readonly next: string;
}

/** Returns the base64 of a text of ASCII characters, as the data of a Secret has it. */
export function secretData(ascii: string): string {
  return btoa(ascii);
}
