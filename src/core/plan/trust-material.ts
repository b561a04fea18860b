import { own } from '../lib/own.ts';
import { bundleChange } from '../reach/trust-changes.ts';

/** The contents that decide which certificates proxies accept. */
export interface TrustMaterial {
  /** PEM of federated trust domains, by trust domain. */
  readonly bundles?: Readonly<Record<string, string>>;
  /** Digests of the files of authorities that lie beside the spec, by path. */
  readonly files?: ReadonlyMap<string, string>;
}

/** Returns the changes of the contents, as reasons for people, but for the mesh's own trust domain. */
export function materialChanges(
  before: TrustMaterial,
  after: TrustMaterial,
  ownDomain: string,
): readonly string[] {
  const bundles = Object.entries(after.bundles ?? {}).flatMap(([trustDomain, text]) => {
    const old = trustDomain === ownDomain ? undefined : own(before.bundles ?? {}, trustDomain);
    return old === undefined || old === text ? [] : [bundleChange(trustDomain)];
  });
  const files = [...(after.files ?? [])].flatMap(([path, digest]) => {
    const old = before.files?.get(path);
    return old === undefined || old === digest
      ? []
      : [`${path}: which certificates are valid changes with the authorities in the file`];
  });
  return [...bundles, ...files];
}
