import { RE2JS } from 're2js';
import type { Arrival } from '../../../../src/core/semantics/arrival.ts';
import { headerValues } from '../../../../src/core/semantics/arrival.ts';
import type { Loose } from './loose.ts';

/** Payloads in metadata, in the form that JWT filters leave, by key. */
export type Payloads = Readonly<Record<string, unknown>>;

/** A call that Envoy's RBAC decides about. */
export interface Judged {
  readonly arrival: Arrival;
  readonly payloads: Payloads;
  /** Number of the port at which the connection ends. */
  readonly port?: number;
}

/**
 * Returns true if `rules` let a request pass. Models Envoy's RBAC filter by its documentation (envoy.config.rbac.v3):
 * without rules there is no check; a policy holds if one of its permissions and one of its principals hold.
 */
export function passes(rules: Loose, judged: Judged): boolean {
  if (rules === undefined) return true;
  const policies: Loose[] = Object.values(rules.policies);
  const holds = policies.some(
    ({ permissions, principals }) =>
      permissions.some((one: Loose) => permissionHolds(one, judged)) &&
      principals.some((one: Loose) => principalHolds(one, judged)),
  );
  if (rules.action === 'ALLOW') return holds;
  if (rules.action === 'DENY') return !holds;
  throw new Error(`no action that is known here: ${String(rules.action)}`);
}

function permissionHolds(permission: Loose, judged: Judged): boolean {
  const [[kind, value]] = Object.entries<Loose>(permission) as [[string, Loose]];
  switch (kind) {
    case 'any':
      return true;
    case 'and_rules':
      return value.rules.every((rule: Loose) => permissionHolds(rule, judged));
    case 'or_rules':
      return value.rules.some((rule: Loose) => permissionHolds(rule, judged));
    case 'not_rule':
      return !permissionHolds(value, judged);
    case 'destination_port':
      return value === judged.port;
    case 'header':
      return headerHolds(value, judged.arrival);
    case 'url_path':
      return textHolds(value.path, judged.arrival.path);
    case 'sourced_metadata':
      return metadataHolds(value.metadata_matcher, judged.payloads);
    default:
      throw new Error(`no permission that is known here: ${kind}`);
  }
}

function principalHolds(principal: Loose, judged: Judged): boolean {
  const [[kind, value]] = Object.entries<Loose>(principal) as [[string, Loose]];
  switch (kind) {
    case 'any':
      return true;
    case 'and_ids':
      return value.ids.every((one: Loose) => principalHolds(one, judged));
    case 'or_ids':
      return value.ids.some((one: Loose) => principalHolds(one, judged));
    case 'authenticated': {
      const { identity } = judged.arrival;
      return identity !== undefined && textHolds(value.principal_name, identity);
    }
    case 'filter_state': {
      const { identity } = judged.arrival;
      if (value.key !== 'io.istio.peer_principal') throw new Error(`no state of filters: ${value.key}`);
      return identity !== undefined && textHolds(value.string_match, identity);
    }
    case 'not_id':
      return !principalHolds(value, judged);
    case 'header':
    case 'url_path':
    case 'sourced_metadata':
      return permissionHolds(principal, judged);
    default:
      throw new Error(`no principal that is known here: ${kind}`);
  }
}

/**
 * Returns true if a matcher holds, which compares each line of a repeated header by itself (since 1.37.1,
 * CVE-2026-26308).
 */
function headerHolds(matcher: Loose, arrival: Arrival): boolean {
  const values = valuesOf(matcher.name, arrival);
  if (matcher.invert_match === true) {
    if (matcher.treat_missing_header_as_empty !== true)
      throw new Error('inverted matchers are false for an absent header');
    const texts = values.length === 0 ? [''] : values;
    return !texts.some((value) => textHolds(matcher.string_match, value));
  }
  if (matcher.present_match !== undefined) return values.length > 0 === matcher.present_match;
  return values.some((value) => textHolds(matcher.string_match, value));
}

function valuesOf(name: string, arrival: Arrival): readonly string[] {
  if (name === ':method') return [arrival.method];
  return headerValues(arrival, name === ':authority' ? 'host' : name);
}

function metadataHolds({ filter, path, value }: Loose, payloads: Payloads): boolean {
  if (filter !== 'envoy.filters.http.jwt_authn') return false;
  let found: unknown = payloads;
  for (const { key } of path) {
    const map = typeof found === 'object' && found !== null && !Array.isArray(found);
    found = map && Object.hasOwn(found as object, key) ? (found as Payloads)[key] : undefined;
  }
  return valueHolds(value, found);
}

function valueHolds(matcher: Loose, value: unknown): boolean {
  const [[kind, wanted]] = Object.entries<Loose>(matcher) as [[string, Loose]];
  switch (kind) {
    case 'or_match':
      return wanted.value_matchers.some((one: Loose) => valueHolds(one, value));
    case 'list_match':
      return Array.isArray(value) && value.some((one) => valueHolds(wanted.one_of, one));
    case 'string_match':
      return typeof value === 'string' && textHolds(wanted, value);
    case 'double_match':
      return value === wanted.exact;
    case 'bool_match':
      return value === wanted;
    default:
      throw new Error(`no matcher of values that is known here: ${kind}`);
  }
}

/** Returns true if a matcher of texts (envoy.type.matcher.v3.StringMatcher) takes a text. */
export function textHolds(matcher: Loose, value: string): boolean {
  const [[kind, wanted]] = Object.entries<Loose>(matcher) as [[string, Loose]];
  switch (kind) {
    case 'exact':
      return value === wanted;
    case 'prefix':
      if (wanted === '') throw new Error('Envoy refuses an empty prefix');
      return value.startsWith(wanted);
    case 'suffix':
      return value.endsWith(wanted);
    case 'contains':
      return value.includes(wanted);
    case 'safe_regex':
      return RE2JS.compile(wanted.regex).testExact(value);
    default:
      throw new Error(`no matcher of texts that is known here: ${kind}`);
  }
}
