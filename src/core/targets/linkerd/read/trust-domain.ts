import type { NativeDocument } from '../../../import/native-document.ts';
import { parseIdentity } from './identity.ts';

/** Returns the trust domain of the identities in policies, if they have one alone; otherwise `usual`. */
export function trustDomainOf(documents: readonly NativeDocument[], usual: string): string {
  const domains = new Set(
    documents.flatMap(({ root, kind }) => {
      const lists =
        kind === 'MeshTLSAuthentication'
          ? [root.along('spec', 'identities').value]
          : kind === 'ServerAuthorization'
            ? [root.along('spec', 'client', 'meshTLS', 'identities').value]
            : [];
      return lists.flatMap((list) => (Array.isArray(list) ? list.flatMap(domainOf) : []));
    }),
  );
  const [first, ...others] = domains;
  return first !== undefined && others.length === 0 ? first : usual;
}

function domainOf(identity: unknown): readonly string[] {
  if (typeof identity !== 'string') return [];
  const domain = parseIdentity(identity)?.trustDomain;
  return domain !== undefined && /^[a-z0-9](?:[-_.a-z0-9]*[a-z0-9])?$/.test(domain) ? [domain] : [];
}
