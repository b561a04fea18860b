/** The places at which the pods of a mesh show the trust that they use. */
export interface PodTrust {
  /** The name of a proxy's container. */
  readonly container: string;
  /** The labels of the authority's pods, which run in the namespace of its Secret. */
  readonly authority: Readonly<Record<string, string>>;
  readonly roots: {
    /** The ConfigMap in the namespace of a pod from which its proxy takes the roots, and the key in it. */
    readonly configMap: string;
    readonly key: string;
    /** `authority`: the running authority writes the ConfigMap of each namespace. `apply`: `mesh apply` writes it. */
    readonly writtenBy: 'authority' | 'apply';
    /** The variable of the proxy's container that may have the roots as text; absent if there is none. */
    readonly variable?: string;
  };
}
