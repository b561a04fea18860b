import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { authenticated, type Callers, union } from './callers.ts';
import { identityCallers, isAccount } from './identity.ts';
import { readNetworks } from './networks.ts';

/** The callers of each authentication, by `KIND NAMESPACE/NAME`. */
export type Authentications = ReadonlyMap<string, Callers>;

/** Reads MeshTLSAuthentications and NetworkAuthentications. */
export function readAuthentications(
  documents: readonly NativeDocument[],
  context: ReadContext,
  trustDomain: string,
): Authentications {
  const read = new Map<string, Callers>();
  for (const document of documents) {
    const { root, kind, name } = document;
    const namespace = context.namespaceOf(document);
    const spec = root.at('spec');
    const callers: Callers =
      kind === 'NetworkAuthentication'
        ? readNetworks(spec.at('networks'))
          ? [{ anyone: true }]
          : []
        : union(
            ...readIdentities(spec.at('identities'), trustDomain),
            ...spec
              .at('identityRefs')
              .items()
              .map((ref) => readIdentityRef(ref, namespace)),
          );
    read.set(`${kind} ${namespace}/${name}`, callers);
  }
  return read;
}

/** Reads identities as certificates show them; marks those that the language can't name. */
function readIdentities(list: Field, trustDomain: string): readonly Callers[] {
  return list.items().map((item) => {
    const callers = identityCallers(item.text() ?? '', trustDomain);
    if (callers === undefined)
      item.lost({
        callers: `the language names accounts and namespaces of the trust domain ${trustDomain} alone: these callers are refused`,
        access: 'narrower',
      });
    return callers ?? [];
  });
}

/** Reads a reference to an account, or to all of a namespace. */
function readIdentityRef(ref: Field, namespace: string): Callers {
  ref.at('group').text();
  const kind = ref.at('kind').text() ?? '';
  const name = ref.at('name').text() ?? '';
  const own = ref.at('namespace').text() ?? namespace;
  if (kind === 'Namespace' && name !== '') return [{ namespace: name }];
  if (kind === 'ServiceAccount' && name === '') return [{ namespace: own }];
  if (kind === 'ServiceAccount' && isAccount(name)) return [{ serviceAccount: `${own}/${name}` }];
  ref.lost({ callers: `the language has no caller of the kind ${kind}: it is refused`, access: 'narrower' });
  return [];
}

/** Reads the client of a ServerAuthorization. */
export function readClient(client: Field, namespace: string, trustDomain: string): Callers {
  const networks = client.at('networks');
  const isEverywhere = !networks.isPresent || readNetworks(networks);
  const isUnauthenticated = client.at('unauthenticated').boolean() === true;
  const tls = client.at('meshTLS');
  const needsNoIdentity = tls.at('unauthenticatedTLS');
  if (needsNoIdentity.boolean() === true)
    needsNoIdentity.differently({
      callers: 'callers over TLS without a certificate are refused: the language asks for an identity',
      access: 'narrower',
    });
  const identities = union(
    ...readIdentities(tls.at('identities'), trustDomain),
    ...tls
      .at('serviceAccounts')
      .items()
      .map((item): Callers => {
        const name = item.at('name').text() ?? '';
        const own = item.at('namespace').text() ?? namespace;
        return isAccount(name) ? [{ serviceAccount: `${own}/${name}` }] : [];
      }),
  );
  if (!isEverywhere) return [];
  if (isUnauthenticated) return [{ anyone: true }];
  return needsNoIdentity.value === true ? union(identities, authenticated) : identities;
}
