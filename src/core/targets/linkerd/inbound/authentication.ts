import type { PrincipalMatch } from '../../../ir/principal.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { sha256 } from '../../../lib/sha256.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { MeshTLSAuthenticationSpec } from '../crds/linkerd.gen.ts';
import { object } from '../object.ts';
import type { Callers } from './callers.ts';
import type { GuardedPort } from './guarded-ports.ts';

type IdentityRef = NonNullable<MeshTLSAuthenticationSpec['identityRefs']>[number];

/**
 * Returns the name of an object for some callers of a port. The name holds a digest of the callers, so that an object
 * never changes its callers: other callers get another object.
 */
export function nameFor({ service, port }: GuardedPort, callers: Callers): string {
  return objectName(service.name, port.name, `from-${sha256(canonicalJson(callers)).slice(0, 8)}`);
}

/** Returns the callers that Linkerd can name: accounts and namespaces of the mesh's own trust domain. */
export function nameable(callers: Callers, trustDomain: string): Callers {
  return callers.filter((match) => match.type === 'anyone' || isAny(match) || refOf(match, trustDomain));
}

/** Returns the authentication for a non-empty list of callers. */
export function authentication(guarded: GuardedPort, callers: Callers, trustDomain: string): ObjectArtifact {
  const { service } = guarded;
  const parts = {
    namespace: service.namespace,
    name: nameFor(guarded, callers),
    from: `Service/${service.id}`,
    origins: originsOf(guarded),
  };
  if (callers.some(({ type }) => type === 'anyone'))
    return object({
      kind: 'NetworkAuthentication',
      ...parts,
      spec: { networks: [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }] },
    });
  const spec = callers.some(isAny)
    ? { identities: ['*'] }
    : { identityRefs: callers.flatMap((match) => refOf(match, trustDomain) ?? []) };
  return object({ kind: 'MeshTLSAuthentication', ...parts, spec });
}

/** Returns the lines of the spec from which the access to a port comes. */
export function originsOf({ service }: GuardedPort): ObjectArtifact['origins'] {
  const { origin, access } = service;
  return [origin, ...[...access.allow, ...access.deny].map((rule) => rule.origin)];
}

function isAny({ type }: PrincipalMatch): boolean {
  return type === 'authenticated';
}

function refOf(match: PrincipalMatch, trustDomain: string): IdentityRef | undefined {
  if (match.type === 'namespace')
    return match.trustDomain === trustDomain ? { kind: 'Namespace', name: match.namespace } : undefined;
  if (match.type !== 'spiffe') return undefined;
  const prefix = `spiffe://${trustDomain}/ns/`;
  const [namespace, sa, name, ...more] = match.id.startsWith(prefix)
    ? match.id.slice(prefix.length).split('/')
    : [];
  if (namespace === undefined || sa !== 'sa' || name === undefined || more.length > 0) return undefined;
  return { kind: 'ServiceAccount', name, namespace };
}
