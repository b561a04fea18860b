import { x509Signer } from '../../../src/adapters/x509-signer.ts';
import { certificatePlan } from '../../../src/core/identity/certificate-profile.ts';

/** A PEM certificate chain, leaf first, and its PEM key. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
}

/** An authority that signs certificates for a trust domain in tests. */
export class Authority {
  readonly #trustDomain: string;
  readonly #root: { readonly certificate: string; readonly key: string };

  private constructor(trustDomain: string, root: { readonly certificate: string; readonly key: string }) {
    this.#trustDomain = trustDomain;
    this.#root = root;
  }

  static async of(trustDomain: string): Promise<Authority> {
    const plan = certificatePlan(
      { profile: 'root', subject: trustDomain, trustDomain, lifetime: day },
      Date.now(),
    );
    return new Authority(trustDomain, await x509Signer.sign(plan, undefined));
  }

  /** PEM of the root. */
  get bundle(): string {
    return this.#root.certificate;
  }

  /** PEM of the root's key. */
  get key(): string {
    return this.#root.key;
  }

  /** Issues a certificate for a SPIFFE ID (`workload`) or a DNS name (`server`). */
  async issue(profile: 'workload' | 'server', subject: string): Promise<Pair> {
    const wish = { profile, subject, trustDomain: this.#trustDomain, lifetime: day / 2 };
    const made = await x509Signer.sign(certificatePlan(wish, Date.now()), this.#root);
    return { cert: made.certificate, key: made.key };
  }
}

const day = 24 * 60 * 60 * 1000;
