import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { AccessException, AccessRule, AccessTo, Principal } from '../../../spec/types.gen.ts';
import { type ReadConditions, readConditions } from './conditions.ts';
import type { ServiceNames } from './services.ts';

/** The result of reading intentions: a document, or the posture of the whole mesh. */
export type ReadIntentions =
  | { readonly type: 'document'; readonly document: ReadDocument }
  | { readonly type: 'posture'; readonly allow: boolean }
  | { readonly type: 'nothing' };

/**
 * Reads the intentions of one destination. An entry for a caller replaces the entry for all callers, and that of the service
 * replaces that of all services, which `isOpen` says.
 */
export function readIntentions(
  document: NativeDocument,
  names: ServiceNames,
  context: ReadContext,
  isOpen: boolean,
): ReadIntentions {
  const { root, name } = document;
  const spec = root.at('spec');
  const destination = spec.along('destination', 'name');
  const service = destination.text() ?? name;
  spec.along('destination', 'namespace').lost({ callers: 'the service of this name in the mesh is meant' });
  const jwt = spec.at('jwt');
  if (jwt.isPresent)
    jwt.lost({
      callers: 'callers of this service need a token that the spec can not check, so nobody is let in',
      access: 'narrower',
    });
  const sources = spec.at('sources').items();
  if (service === '*') return readPosture(sources);
  const id = names.idOf(service, context.namespaceOf(document), destination);
  if (id === undefined) {
    context.refuse(document, 'the name of its destination is no DNS label');
    return { type: 'nothing' };
  }
  const [namespace = '', own = ''] = id.split('/');
  const read = sources.flatMap((source) => readSource(source, namespace, names));
  const isForAll = read.some(({ principal }) => principal === allOthers);
  const others = isForAll || !isOpen ? [] : [{ principal: allOthers, action: 'allow' } as const];
  const rules = jwt.isPresent ? [] : rulesOf([...read, ...others]);
  return {
    type: 'document',
    document: {
      kind: 'Access',
      namespace,
      name: own,
      spec: { service: own, rules },
      from: [root],
      beside: id,
    },
  };
}

/** Returns true if an intention allows all callers at all services. */
export function opensAll(documents: readonly NativeDocument[]): boolean {
  return documents.some(({ root, name }) => {
    const spec = root.at('spec');
    const sources = spec.at('sources').value;
    return (
      (spec.along('destination', 'name').value ?? name) === '*' &&
      Array.isArray(sources) &&
      sources.some((_one, index) => {
        const source = spec.at('sources').item(index);
        return source.at('name').value === '*' && source.at('action').value === 'allow';
      })
    );
  });
}

/** Intentions of the service `*`: only an entry for all callers has a place in the spec, as the posture of the mesh. */
function readPosture(sources: readonly Field[]): ReadIntentions {
  let posture: ReadIntentions = { type: 'nothing' };
  const others: Field[] = [];
  for (const source of sources) {
    const name = source.at('name').text();
    const action = source.at('action').text();
    if (name === '*' && (action === 'allow' || action === 'deny'))
      posture = { type: 'posture', allow: action === 'allow' };
    else others.push(source);
  }
  for (const source of others) {
    const isRefused = posture.type === 'posture' && posture.allow && source.at('action').value !== 'allow';
    const callers = isRefused
      ? 'an entry that refuses one caller at all services is left out: refuse it at each service'
      : 'an entry for one caller and all services is left out, so that the caller needs an allow at each service';
    source.lost({ callers, access: isRefused ? 'wider' : 'narrower' });
  }
  return posture;
}

/** All callers without an entry of their own. */
const allOthers = Symbol('all others');

interface ReadSource {
  /** Undefined for a caller that the spec can't name. */
  readonly principal: Principal | typeof allOthers | undefined;
  readonly action: 'allow' | 'deny' | readonly ReadPermission[];
}

interface ReadPermission {
  readonly allows: boolean;
  /** Undefined if the language can't say the conditions. */
  readonly conditions: ReadConditions | undefined;
}

function readSource(source: Field, namespace: string, names: ServiceNames): readonly ReadSource[] {
  const name = source.at('name').text() ?? '';
  source.at('description').withoutEffect('a description changes nothing for callers');
  const permissions = source.at('permissions');
  const action: ReadSource['action'] = permissions.isPresent
    ? permissions.items().map(readPermission)
    : source.at('action').text() === 'allow'
      ? 'allow'
      : 'deny';
  const foreign = ['peer', 'partition', 'samenessGroup']
    .map((key) => source.at(key))
    .filter(({ isPresent }) => isPresent);
  for (const field of foreign)
    field.lost({ callers: 'callers of other clusters and partitions are refused', access: 'narrower' });
  // They are no callers of this partition, for whom an entry for all callers would hold.
  if (foreign.length > 0) return [];
  const home = source.at('namespace');
  const isHome = [undefined, '*', 'default'].includes(home.text());
  if (name === '*') {
    if (!isHome) home.lost({ callers: 'callers of one namespace of Consul are refused', access: 'narrower' });
    return isHome ? [{ principal: allOthers, action }] : [];
  }
  const gateway = isHome ? names.gateway(name) : undefined;
  if (gateway !== undefined) return [{ principal: { gateway }, action }];
  const id = isHome ? names.idOf(name, namespace, source.at('name')) : undefined;
  if (id === undefined) {
    source.lost({
      callers:
        'the spec can not name this caller: it is refused, and so are callers that only an entry for all lets in',
      access: 'narrower',
    });
    return [{ principal: undefined, action }];
  }
  const [place, own = ''] = id.split('/');
  return [{ principal: { service: place === namespace ? own : id }, action }];
}

function readPermission(permission: Field): ReadPermission {
  const action = permission.at('action');
  const allows = action.text() === 'allow';
  const conditions = readConditions(permission.at('http'), allows ? 'refuse' : 'widen');
  const jwt = permission.at('jwt');
  if (jwt.isPresent) jwt.lost({ callers: 'requests that need a token are refused', access: 'narrower' });
  if (conditions === undefined)
    permission.at('http').lost({
      callers: allows
        ? 'such requests are refused'
        : 'all requests that a later permission allows are refused',
      access: 'narrower',
    });
  return { allows: allows && !jwt.isPresent, conditions };
}

/**
 * Returns the rules for all callers. The first permission that fits decides, and requests that none fits are refused: each
 * allow has the denies before it as exceptions, and an allow for all others has the callers with an entry.
 */
function rulesOf(sources: readonly ReadSource[]): readonly AccessRule[] {
  const named = sources.flatMap(({ principal }) =>
    principal === undefined || principal === allOthers ? [] : [principal],
  );
  const isNameless = sources.some(({ principal }) => principal === undefined);
  return sources.flatMap(({ principal, action }): readonly AccessRule[] => {
    if (action === 'deny' || principal === undefined) return [];
    if (principal !== allOthers) return actionRules(action, [principal], []);
    if (isNameless) return [];
    return actionRules(action, [{ authenticated: true }], named.length > 0 ? [{ from: named }] : []);
  });
}

function actionRules(
  action: 'allow' | readonly ReadPermission[],
  from: readonly Principal[],
  others: readonly AccessException[],
): readonly AccessRule[] {
  if (action !== 'allow') return permissionRules(action, from, others);
  return [{ allow: { from, ...(others.length > 0 && { except: others }) } }];
}

function permissionRules(
  permissions: readonly ReadPermission[],
  from: readonly Principal[],
  others: readonly AccessException[],
): readonly AccessRule[] {
  const denied: AccessTo[] = [];
  const rules: AccessRule[] = [];
  for (const { allows, conditions } of permissions) {
    if (!allows) {
      // A deny whose conditions the language can't say refuses all that comes after.
      if (conditions === undefined || Object.keys(conditions).length === 0) break;
      denied.push(operation(conditions));
      continue;
    }
    if (conditions === undefined) continue;
    const except = [...others, ...(denied.length > 0 ? [{ to: [...denied] }] : [])];
    const isAll = Object.keys(conditions).length === 0;
    rules.push({
      allow: { from, ...(!isAll && { to: [operation(conditions)] }), ...(except.length > 0 && { except }) },
    });
  }
  return rules;
}

function operation({ path, headers, methods }: ReadConditions): AccessTo {
  return { ...(path && { paths: [path] }), ...(headers && { headers }), ...(methods && { methods }) };
}
