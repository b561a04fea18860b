import type { CertificateReader } from '../../ports/certificate-reader.ts';
import type { ProxyAdmin } from '../../ports/proxy-admin.ts';
import type { ServedChain } from '../../ports/served-chain.ts';

/** The trust that a running proxy uses, all PEM. */
export interface ServedTrust {
  /** The roots of the mesh's own trust domain in each of its bundles. */
  readonly bundles: readonly string[];
  /** The chains by which the proxy proves its identity, leaf first. */
  readonly chains: readonly string[];
}

/** The answer of a proxy; `unseen` if anything about its trust is not certain, with the reason for people. */
export type ServedAnswer =
  | { readonly state: 'seen'; readonly trust: ServedTrust }
  | { readonly state: 'unseen'; readonly why: string };

/** The ports that asking a proxy for its trust needs. */
export interface AskingTrust {
  readonly admin: ProxyAdmin;
  readonly servedChain: ServedChain;
  readonly reader: CertificateReader;
}

/** A proxy whose trust is asked for. */
export interface TrustingProxy {
  /** The proxy's admin address. */
  readonly admin: string;
  /** The node id in the bootstrap; a process with another id is another proxy. */
  readonly node: string | undefined;
  /** Addresses at which the proxy accepts calls of the mesh. */
  readonly inbound: readonly string[];
  /** True if the proxy has a certificate of the mesh. */
  readonly hasCertificate: boolean;
}

/** Asks a proxy which roots it trusts for a trust domain, and which certificates it shows. */
export type AskTrust = (
  proxy: TrustingProxy,
  trustDomain: string,
  asking: AskingTrust,
) => Promise<ServedAnswer>;
