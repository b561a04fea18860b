import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { type Authentications, readClient } from './authentications.ts';
import { anyone, type Callers, intersection, union } from './callers.ts';
import { isAccount } from './identity.ts';
import { readSelector } from './selector.ts';

/** Callers that policies let in at a Server or a route. */
export interface Authorizations {
  /** Returns the callers at a Server with these labels, by policies for it and for its namespace. */
  readonly atServer: (namespace: string, name: string, labels: Readonly<Record<string, string>>) => Callers;
  /** Returns the callers at a route, by policies for the route alone. */
  readonly atRoute: (kind: string, namespace: string, name: string) => Callers;
}

interface Authorization {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly fits?: (labels: Readonly<Record<string, string>>) => boolean;
  readonly callers: Callers;
}

/** Reads AuthorizationPolicies and ServerAuthorizations. */
export function readAuthorizations(
  documents: readonly NativeDocument[],
  authentications: Authentications,
  context: ReadContext,
  trustDomain: string,
): Authorizations {
  const all = documents.flatMap((document): readonly Authorization[] => {
    const namespace = context.namespaceOf(document);
    const spec = document.root.at('spec');
    return document.kind === 'ServerAuthorization'
      ? [readServerAuthorization(spec, namespace, trustDomain)]
      : readPolicy(spec, namespace, authentications);
  });
  const callersOf = (isMeant: (one: Authorization) => boolean): Callers =>
    union(...all.filter(isMeant).map(({ callers }) => callers));
  return {
    atServer: (namespace, name, labels) =>
      callersOf(
        (one) =>
          one.namespace === namespace &&
          (one.kind === 'Namespace' ||
            (one.kind === 'Server' && (one.fits === undefined ? one.name === name : one.fits(labels)))),
      ),
    atRoute: (kind, namespace, name) =>
      callersOf((one) => one.kind === kind && one.namespace === namespace && one.name === name),
  };
}

/** Kinds of targets, in the groups of Linkerd's policies and of the Gateway API. */
const targets: readonly string[] = ['Server', 'HTTPRoute', 'GRPCRoute', 'Namespace'];

function readPolicy(
  spec: Field,
  namespace: string,
  authentications: Authentications,
): readonly Authorization[] {
  const target = spec.at('targetRef');
  target.at('group').text();
  const kind = target.at('kind').text() ?? '';
  const name = target.at('name').text() ?? '';
  const refs = spec.at('requiredAuthenticationRefs');
  const callers = readRequired(refs, namespace, authentications);
  if (targets.includes(kind) && (kind !== 'Namespace' || name === namespace))
    return [{ kind, namespace, name, callers }];
  target.lost({
    callers: 'the language has no such target: callers that the policy lets in there are refused',
    access: 'narrower',
  });
  return [];
}

/** All authentications have to hold. An empty list lets everybody in, and a reference to nothing nobody. */
function readRequired(refs: Field, namespace: string, authentications: Authentications): Callers {
  const lists = refs.items().map((ref): Callers => {
    ref.at('group').text();
    const kind = ref.at('kind').text() ?? '';
    const name = ref.at('name').text() ?? '';
    const own = ref.at('namespace').text() ?? namespace;
    if (kind === 'ServiceAccount' && isAccount(name)) return [{ serviceAccount: `${own}/${name}` }];
    const known = authentications.get(`${kind} ${own}/${name}`);
    if (known === undefined)
      ref.differently({
        callers: 'there is no such authentication among the input, so nobody gets in by it',
      });
    return known ?? [];
  });
  if (lists.length === 0 && refs.value !== undefined)
    refs.differently({ callers: 'an empty list lets everybody in: so does the Access' });
  return lists.reduce(intersection, anyone);
}

function readServerAuthorization(spec: Field, namespace: string, trustDomain: string): Authorization {
  const server = spec.at('server');
  const name = server.at('name').text() ?? '';
  const selector = server.at('selector');
  const fits = selector.isPresent ? readSelector(selector) : undefined;
  const callers = readClient(spec.at('client'), namespace, trustDomain);
  return { kind: 'Server', namespace, name, callers, ...(fits && { fits }) };
}
