import { accountSharers } from '../../../import/account-sharers.ts';
import type { Field } from '../../../import/field.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Principal } from '../../../spec/types.gen.ts';
import { type ReadConditions, readConditions } from './conditions.ts';
import type { ServiceNames } from './services.ts';

/** An entry of an intention. */
export interface ReadSource {
  readonly field: Field;
  /** `all` for all callers without an entry of their own, `nameless` for a caller that the spec can't name. */
  readonly callers: 'all' | 'nameless' | readonly Caller[];
  readonly action: 'allow' | 'deny' | readonly ReadPermission[];
}

/** A caller that an entry names: a gateway, or a service with its account. */
interface Caller {
  readonly principal: Principal;
  /** `namespace/name` of a service. */
  readonly id?: string;
}

/** A permission of an entry; the first one that fits decides. */
export interface ReadPermission {
  readonly allows: boolean;
  /** Undefined if the language can't say the conditions. */
  readonly conditions: ReadConditions | undefined;
}

const foreignFields = ['peer', 'partition', 'samenessGroup'] as const;

/** Returns true for an entry about all callers of this cluster. */
export function isForAll(source: Field): boolean {
  return source.at('name').value === '*' && isOfHere(source);
}

function isOfHere(source: Field): boolean {
  return !foreignFields.some((key) => isSaid(source.at(key))) && isHome(source.at('namespace').value);
}

/** Consul writes out empty texts for what an entry doesn't say. */
function isSaid({ isPresent, value }: Field): boolean {
  return isPresent && value !== '' && value !== 'default';
}

function isHome(namespace: unknown): boolean {
  return [undefined, null, '', '*', 'default'].some((one) => one === namespace);
}

/** Reads an entry; none for callers of other clusters, which are no callers of this one. */
export function readSource(source: Field, namespace: string, names: ServiceNames): readonly ReadSource[] {
  const name = source.at('name').text() ?? '';
  readDescription(source);
  const permissions = source.at('permissions');
  const action: ReadSource['action'] = permissions.isPresent
    ? permissions.items().map(readPermission)
    : source.at('action').text() === 'allow'
      ? 'allow'
      : 'deny';
  for (const key of foreignFields) source.at(key).text();
  const foreign = foreignFields.map((key) => source.at(key)).filter(isSaid);
  for (const field of foreign)
    field.lost({ callers: 'callers of other clusters and partitions are refused', access: 'narrower' });
  // They are no callers of this partition, for whom an entry for all callers would hold.
  if (foreign.length > 0) return [];
  const home = source.at('namespace');
  home.text();
  if (name === '*') {
    if (isHome(home.value)) return [{ field: source, callers: 'all', action }];
    home.lost({
      callers:
        'callers of one namespace of Consul are refused, and so are callers that only an entry for all lets in',
      access: 'narrower',
    });
    return [{ field: source, callers: 'nameless', action }];
  }
  const gateway = isHome(home.value) ? names.gateway(name) : undefined;
  if (gateway !== undefined) return [{ field: source, callers: [{ principal: { gateway } }], action }];
  const ids = isHome(home.value) ? names.idsOf(name, namespace, source.at('name')) : [];
  if (ids.length > 0)
    return [{ field: source, callers: ids.map((id) => ({ id, principal: named(id, namespace) })), action }];
  source.lost({
    callers:
      'the spec can not name this caller: it is refused, and so are callers that only an entry for all lets in',
    access: 'narrower',
  });
  return [{ field: source, callers: 'nameless', action }];
}

/** Accounts for the words of people about an entry. */
export function readDescription(source: Field): void {
  source.at('description').withoutEffect('a description changes nothing for callers');
}

function named(id: string, namespace: string): Principal {
  const [place, own = ''] = id.split('/');
  return { service: place === namespace ? own : id };
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
 * Returns the entries by the callers that the language can name: a service by its account. An account that pods of other
 * services have, too, is let in only where these are let in to the same calls.
 */
export function nameable(
  sources: readonly ReadSource[],
  { inventory }: Pick<ReadContext, 'inventory'>,
): readonly ReadSource[] {
  const actionOf = (id: string): string | undefined => {
    const found = sources.find(({ callers }) => isListed(callers) && callers.some((one) => one.id === id));
    return found && JSON.stringify(found.action);
  };
  const letsOthersIn = sources.some(({ callers, action }) => callers === 'all' && action !== 'deny');
  return sources.map((source) => {
    const { field, callers, action } = source;
    if (!isListed(callers) || (action === 'deny' && !letsOthersIn)) return source;
    const own = JSON.stringify(action);
    const sharers = callers.flatMap(({ id = '' }) => {
      const service = inventory.service(id);
      return service === undefined ? [] : accountSharers(service, inventory);
    });
    const others = [...new Set(sharers)].filter((id) => actionOf(id) !== own);
    const [near, ...far] = callers;
    if (others.length > 0) {
      const account = `pods of ${others.join(', ')} have the account of this caller, too`;
      field.at('name').differently({
        callers: `${account}, and the language knows callers by their accounts, so that none of them is let in: give the caller an account of its own`,
        access: 'narrower',
      });
      return { ...source, action: 'deny' };
    }
    if (far.length === 0 || near === undefined || action === 'deny') return source;
    field.at('name').differently({
      callers: `services of this name are in several namespaces, and the one of ${String(near.id)} is let in`,
      access: 'narrower',
    });
    return source;
  });
}

/** Returns true for callers that an entry names. */
export function isListed(callers: ReadSource['callers']): callers is readonly Caller[] {
  return typeof callers !== 'string';
}
