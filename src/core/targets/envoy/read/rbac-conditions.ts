import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { isHostPattern } from '../../../import/written-values.ts';
import type { StringMatch } from '../../../spec/types.gen.ts';
import { account, idle } from './account.ts';
import type { Condition, Expression } from './conditions.ts';
import { opposite } from './conditions.ts';
import { type HeaderCondition, readHeaderMatch } from './header-matches.ts';
import { asPath, readStringMatch } from './texts.ts';

/** The listener that rules of access stand at. */
export interface RbacPlace {
  readonly port: number;
  readonly trustDomain: string;
  /** The kinds of addresses (`direct_remote_ip`, …) that are the address of the client as the spec has it. */
  readonly clientAddresses: readonly string[];
  readonly isAllow: boolean;
}

const unsaid: Condition = { type: 'unsaid' };

function literal(condition: Condition): Expression {
  return { type: 'literal', literal: { condition, isNot: false } };
}

/** Reads a Permission. */
export function readPermission(field: Field, place: RbacPlace): Expression {
  const all = field.entries().map(([name, value]): Expression => {
    switch (name) {
      case 'any':
        value.boolean();
        return literal({ type: 'call', to: {} });
      case 'and_rules':
      case 'or_rules':
        return group(
          name === 'and_rules' ? 'and' : 'or',
          value
            .at('rules')
            .items()
            .map((one) => readPermission(one, place)),
        );
      case 'not_rule':
        return opposite(readPermission(value, place));
      case 'header':
        return literal(ofHeader(readHeaderMatch(value), place));
      case 'url_path':
        return literal(ofPath(value));
      case 'destination_port':
        return literal(value.number() === place.port ? { type: 'call', to: {} } : { type: 'never' });
      default:
        return lostCondition(value);
    }
  });
  return together(all);
}

/** A message without a condition is none that Envoy takes. */
function together(all: readonly Expression[]): Expression {
  const [first, ...others] = all;
  if (first === undefined) return literal(unsaid);
  return others.length === 0 ? first : { type: 'and', all };
}

/** Reads a Principal. */
export function readPrincipal(field: Field, place: RbacPlace): Expression {
  const all = field.entries().map(([name, value]): Expression => {
    switch (name) {
      case 'any':
        value.boolean();
        return literal({ type: 'caller', caller: { anyone: true } });
      case 'and_ids':
      case 'or_ids':
        return group(
          name === 'and_ids' ? 'and' : 'or',
          value
            .at('ids')
            .items()
            .map((one) => readPrincipal(one, place)),
        );
      case 'not_id':
        return opposite(readPrincipal(value, place));
      case 'authenticated':
        return literal(ofIdentity(value, place));
      case 'header':
        return literal(ofHeader(readHeaderMatch(value), place));
      case 'url_path':
        return literal(ofPath(value));
      case 'direct_remote_ip':
      case 'source_ip':
      case 'remote_ip':
        return place.clientAddresses.includes(name) ? literal(ofAddress(value)) : lostCondition(value);
      default:
        return lostCondition(value);
    }
  });
  return together(all);
}

function group(type: 'and' | 'or', all: readonly Expression[]): Expression {
  return all.length === 0 ? literal(unsaid) : { type, all };
}

/** The whole condition can't be said; the policy says what becomes of it. */
function lostCondition(field: Field): Expression {
  field.lost({ callers: 'an Access has no such condition', isReported: true });
  return literal(unsaid);
}

function ofHeader(match: HeaderCondition | undefined, { isAllow }: RbacPlace): Condition {
  if (match === undefined) return unsaid;
  if (match.type === 'methods') return { type: 'call', to: { methods: match.methods } };
  if (match.type === 'header') return { type: 'call', to: { headers: { [match.name]: match.match } } };
  if (match.type === 'host') {
    const host = match.match.exact?.toLowerCase().replace(/:\d+$/, '');
    // A host of an Access has any port.
    return isAllow || host === undefined || !isHostPattern(host)
      ? unsaid
      : { type: 'call', to: { hosts: [host] } };
  }
  // The header has the query, too: the beginning of it is one of the path.
  const { prefix, exact } = match.match;
  if (prefix !== undefined && !prefix.includes('?')) return ofText(asPath({ prefix }));
  return isAllow || exact === undefined || exact.includes('?') ? unsaid : ofText(asPath({ exact }));
}

function ofPath(field: Field): Condition {
  return ofText(asPath(readStringMatch(field.at('path'))));
}

function ofText(path: ReturnType<typeof asPath>): Condition {
  if (path === undefined) return unsaid;
  return { type: 'call', to: path === 'any' ? {} : { paths: [path] } };
}

function ofIdentity(field: Field, { trustDomain }: RbacPlace): Condition {
  const name = field.at('principal_name');
  if (!name.isPresent) {
    if (Object.keys(field.value ?? {}).length === 0) field.carried();
    return { type: 'caller', caller: { authenticated: true } };
  }
  return named(readStringMatch(name), trustDomain);
}

/** Returns the account or the namespace of a SPIFFE ID of the trust domain. */
function named(match: StringMatch | undefined, trustDomain: string): Condition {
  const { exact = '', prefix = '' } = match ?? {};
  const start = `spiffe://${trustDomain}/ns/`;
  const [, namespace = '', account] = exact.startsWith(start)
    ? (/^([a-z0-9-]+)\/sa\/([a-z0-9.-]+)$/.exec(exact.slice(start.length)) ?? [])
    : [];
  if (account !== undefined) return { type: 'caller', caller: { serviceAccount: `${namespace}/${account}` } };
  const [, home] = prefix.startsWith(start)
    ? (/^([a-z0-9-]+)\/$/.exec(prefix.slice(start.length)) ?? [])
    : [];
  return home === undefined || !isDnsLabel(home) ? unsaid : { type: 'caller', caller: { namespace: home } };
}

function ofAddress(field: Field): Condition {
  const address = field.at('address_prefix').text() ?? '';
  const length = field.at('prefix_len').number() ?? 0;
  const isIp = /^[0-9.]+$/.test(address) || /^[0-9a-f:]+$/i.test(address);
  account(field, { '@type': idle('it names the message') });
  return isIp ? { type: 'caller', caller: { address: `${address}/${String(length)}` } } : unsaid;
}
