import type { CertificateRequest } from '../targets/artifact.ts';

/** Signs workload certificates; throws PortError(13) if trust or keys are missing. */
export interface CertificateIssuer {
  issue(requests: readonly CertificateRequest[], now: Date): Promise<readonly Material[]>;
}

/** A certificate with its key, as the proxy reads it. */
export interface Material {
  /** Id of the proxy that uses it. */
  readonly proxy: string;
  /** The whole file, in the form that the request asks for (`CertificateRequest.form`); it contains the private key. */
  readonly text: string;
  /** SHA-256 of the certificate, hexadecimal. */
  readonly fingerprint: string;
  readonly notAfter: Date;
  /** Digest of the roots that the material has beside the certificate; only of an authority. */
  readonly roots?: string;
}
