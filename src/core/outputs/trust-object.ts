/** An object of a cluster from which a mesh takes its trust, as it is now; `why` says why nobody knows what it holds. */
export type TrustObject =
  | {
      /** `<group>/<kind>/<namespace>/<name>`. */
      readonly id: string;
      /** All roots that verifiers trust, PEM; absent if they read them elsewhere. */
      readonly bundle?: string;
      /** The certificate of the authority that signs, PEM; absent if the object has none. */
      readonly certificate?: string;
    }
  | { readonly id: string; readonly why: string };
