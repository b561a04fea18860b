import { certificatePlan } from '../../../core/identity/certificate-profile.ts';
import type { Pair } from '../../../core/suite/proxies/reachable-mesh.ts';
import type { CertificateSigner, KeyPair } from '../../../ports/certificate-signer.ts';

const day = 24 * 60 * 60 * 1000;

/** An authority that signs certificates for a trust domain as long as a run lasts; its key is never written. */
export class TestAuthority {
  private readonly trustDomain: string;
  private readonly root: KeyPair;
  private readonly signer: CertificateSigner;
  private readonly now: number;

  private constructor(trustDomain: string, root: KeyPair, signer: CertificateSigner, now: number) {
    this.trustDomain = trustDomain;
    this.root = root;
    this.signer = signer;
    this.now = now;
  }

  /** Makes an authority; `now` is in milliseconds since the epoch. */
  static async of(trustDomain: string, signer: CertificateSigner, now: number): Promise<TestAuthority> {
    const wish = { profile: 'root', subject: trustDomain, trustDomain, lifetime: day } as const;
    const root = await signer.sign(certificatePlan(wish, now), undefined);
    return new TestAuthority(trustDomain, root, signer, now);
  }

  /** The root as PEM. */
  get bundle(): string {
    return this.root.certificate;
  }

  /** Issues a certificate for a SPIFFE ID (`workload`) or a DNS name (`server`). */
  async issue(profile: 'workload' | 'server', subject: string): Promise<Pair> {
    const wish = { profile, subject, trustDomain: this.trustDomain, lifetime: day / 2 };
    const made = await this.signer.sign(certificatePlan(wish, this.now), this.root);
    return { cert: made.certificate, key: made.key };
  }
}
