import type { CertificatesConfig } from '../ir/certificates.ts';

/** An authority that issues instead of this tool. */
export type Delegate = Exclude<CertificatesConfig['delegate'], 'none'>;

/**
 * The way in which a mesh takes certificates from a delegate: a reason why it can't, or the place, for people, where
 * the lifetime of workload certificates is set (absent if the written objects set it).
 */
export type Delegation = { readonly refuses: string } | { readonly lifetimePlace?: string };
