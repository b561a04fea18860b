/** The rules of certificates by name; docs/certificates.md explains each. */
export type RuleName =
  | 'readable'
  | 'one-uri-san'
  | 'spiffe-id'
  | 'spiffe-path'
  | 'trust-domain'
  | 'leaf-not-ca'
  | 'key-usage'
  | 'key-usage-critical'
  | 'no-signing-usage'
  | 'extended-usages'
  | 'san-critical'
  | 'host-name'
  | 'signing-ca'
  | 'signing-usage'
  | 'signing-id'
  | 'name-constraints'
  | 'path-length'
  | 'constraints-critical'
  | 'chain'
  | 'chain-order'
  | 'outlives-issuer'
  | 'not-yet-valid'
  | 'expired'
  | 'key-match'
  | 'weak-key'
  | 'key-type'
  | 'weak-signature'
  | 'serial'
  | 'duplicate-serial'
  | 'subject'
  | 'handshake';

/** A rule that a certificate breaks. */
export interface BrokenRule {
  readonly rule: RuleName;
  /** `warning`: the specification says "should", or some meshes refuse it. */
  readonly severity: 'error' | 'warning';
  /** The certificate's owner and the fault, for people; holds no part of a key. */
  readonly detail: string;
}

/** Collects broken rules. */
export type Breaks = (rule: RuleName, detail: string, severity?: BrokenRule['severity']) => void;
