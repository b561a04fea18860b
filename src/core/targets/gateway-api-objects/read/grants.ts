import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';

/** References from one namespace to another that ReferenceGrants let through. */
export interface Grants {
  /** Returns true if routes of a kind and namespace may name a Service of another namespace. */
  readonly allows: (kind: string, namespace: string, toNamespace: string, name: string) => boolean;
}

interface Grant {
  readonly namespace: string;
  readonly from: readonly { readonly kind: string; readonly namespace: string }[];
  readonly to: readonly { readonly kind: string; readonly name?: string }[];
}

/** Reads ReferenceGrants. */
export function readGrants(
  documents: readonly NativeDocument[],
  namespaceOf: (document: NativeDocument) => string,
): Grants {
  const grants = documents.map((document): Grant => {
    readHeader(document);
    const spec = document.root.at('spec');
    return {
      namespace: namespaceOf(document),
      from: spec
        .at('from')
        .items()
        .map((item) => {
          item.at('group').text();
          return { kind: item.at('kind').text() ?? '', namespace: item.at('namespace').text() ?? '' };
        }),
      to: spec
        .at('to')
        .items()
        .map((item) => {
          item.at('group').text();
          const name = item.at('name').text();
          return { kind: item.at('kind').text() ?? '', ...(name === undefined ? {} : { name }) };
        }),
    };
  });
  return {
    allows: (kind, namespace, toNamespace, name) =>
      namespace === toNamespace ||
      grants.some(
        (grant) =>
          grant.namespace === toNamespace &&
          grant.from.some((one) => one.kind === kind && one.namespace === namespace) &&
          grant.to.some((one) => one.kind === 'Service' && (one.name ?? name) === name),
      ),
  };
}
