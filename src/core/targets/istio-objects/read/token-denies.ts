import type { Field } from '../../../import/field.ts';
import type { TokenLocation } from '../../../spec/types.gen.ts';
import type { GuardedPort } from './access-rules.ts';
import type { PortNames } from './operation.ts';

/** The tokens that are checked at a service or a gateway. */
export interface CheckedTokens {
  /** Names of the issuers. */
  readonly issuers: ReadonlySet<string>;
  /** The places where requests have them. */
  readonly places: readonly TokenLocation[];
}

/** The service or gateway that a DENY holds for. */
export interface DeniedPlace {
  readonly tokens: CheckedTokens;
  readonly ports: readonly GuardedPort[];
  readonly portNames: PortNames;
}

/**
 * Returns what a rule of a DENY says about tokens: `required`, if it refuses every request without a valid token; `checked`, if it
 * refuses a token that is sent and not valid, which an Authentication does by itself; undefined for any other rule.
 */
export function tokenDeny(rule: Field, place: DeniedPlace): 'required' | 'checked' | undefined {
  if (place.tokens.issuers.size === 0 || place.ports.length === 0) return undefined;
  const { from, to, when, ...others } = rule.value as Readonly<Record<string, unknown>>;
  const isWithoutToken =
    (from === undefined && isList(when, isNoToken)) || (when === undefined && isList(from, isNoPrincipal));
  if (Object.keys(others).length > 0) return undefined;
  const ports = portsOf(to, place);
  if (ports === undefined || ports.some(({ isHttp }) => !isHttp)) return undefined;
  const isWhole = place.ports.every((one) => !one.isHttp || ports.includes(one));
  if (isWithoutToken) return isWhole ? 'required' : undefined;
  return from === undefined && isBadToken(when, place.tokens.places) ? 'checked' : undefined;
}

/** Marks the fields of a rule about tokens. `isKnown`: proxies know the policy by its name, and answer as the language does. */
export function readTokenDeny(rule: Field, isKnown: boolean): void {
  for (const one of rule.at('from').items()) one.along('source', 'notRequestPrincipals').texts();
  for (const one of rule.at('to').items()) one.along('operation', 'ports').texts();
  for (const one of rule.at('when').items()) {
    one.at('key').text();
    one.at('values').texts();
    one.at('notValues').texts();
  }
  if (!isKnown) rule.differently({ callers: 'a request without a valid token gets 401, not 403' });
}

/** Returns the ports that a rule names; undefined if it has other conditions on calls, or a port that is not known. */
function portsOf(to: unknown, { ports, portNames }: DeniedPlace): readonly GuardedPort[] | undefined {
  if (to === undefined) return ports;
  if (!Array.isArray(to)) return undefined;
  const named = to.flatMap((one: unknown) => {
    const operation = only(one, 'operation');
    const numbers = only(operation, 'ports');
    return Array.isArray(numbers) ? numbers.map((number) => portNames(Number(number))) : [undefined];
  });
  if (named.includes(undefined)) return undefined;
  const names = named.flatMap((one) => one ?? []);
  return ports.filter(({ name }) => names.includes(name));
}

function isNoPrincipal(one: unknown): boolean {
  return isAnything(only(only(one, 'source'), 'notRequestPrincipals'));
}

function isNoToken(one: unknown): boolean {
  const { key, notValues, ...others } = one as Readonly<Record<string, unknown>>;
  const isOfToken = key === 'request.auth.claims[iss]' || key === 'request.auth.principal';
  return isOfToken && isAnything(notValues) && Object.keys(others).length === 0;
}

function isBadToken(when: unknown, places: readonly TokenLocation[]): boolean {
  if (!Array.isArray(when) || when.length !== 2 || !when.every(isMap)) return false;
  const [sent] = when.filter((one) => !isNoToken(one));
  if (sent === undefined || !when.some(isNoToken)) return false;
  const { key, values, ...others } = sent;
  const name = /^request\.headers\[(.+)\]$/.exec(String(key))?.[1]?.toLowerCase();
  const [value, ...more] = Array.isArray(values) ? (values as readonly unknown[]) : [];
  if (typeof value !== 'string' || !value.endsWith('*') || more.length + Object.keys(others).length > 0)
    return false;
  return places.some(
    (place) =>
      'header' in place &&
      place.header.toLowerCase() === name &&
      value.slice(0, -1).startsWith(place.prefix ?? ''),
  );
}

function isAnything(values: unknown): boolean {
  return Array.isArray(values) && values.length === 1 && values[0] === '*';
}

/** Returns the value of the only field of a map; undefined for anything else. */
function only(value: unknown, name: string): unknown {
  return isMap(value) && Object.keys(value).join() === name ? value[name] : undefined;
}

function isList(value: unknown, is: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length === 1 && isMap(value[0]) && is(value[0]);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
