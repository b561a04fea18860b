import type { Field } from '../../../../import/field.ts';
import type { Listener, RouteRule } from '../../../../spec/types.gen.ts';
import type { ReadRules } from './access.ts';
import type { FindBackend } from './actions.ts';
import { readAddress } from './addresses.ts';
import { hole, maybe } from './forms.ts';
import { readStreamRules } from './inbound.ts';
import type { Reading } from './reading.ts';
import { type ReadStreamChain, rankOf, readServerNames, readTcpProxy, ruleOf } from './stream-listeners.ts';

/** A listener of a gateway that passes connections on. */
export interface ReadGatewayStream {
  readonly name: string;
  readonly listener: Listener;
  readonly address: string;
  readonly access: ReadRules;
  readonly rules: readonly RouteRule[];
  readonly field: Field;
}

/** Reads the chains of connections of one port, by the listener that they belong to. */
export function readGatewayStreams(
  reading: Reading,
  chains: readonly Field[],
  place: StreamPlace,
): readonly ReadGatewayStream[] {
  const found = new Map<string, Found>();
  const closed: ReadStreamChain[] = [];
  for (const chain of chains) {
    const { match, filters } = reading.take(chain, {
      filter_chain_match: maybe('match'),
      filters: hole('filters'),
    });
    const names = match.isPresent ? readServerNames(reading, match) : [];
    const items = [...filters.items()];
    if (items.length === 0) {
      closed.push({ names, backends: [], idle: undefined });
      continue;
    }
    const access = readStreamRules(reading, items, { address: readAddress(reading, 0) });
    const [proxy, ...others] = items;
    for (const other of others) reading.report(other, 'no further filter');
    if (proxy === undefined) {
      reading.report(filters, 'a filter that passes connections on');
      continue;
    }
    const prefix = String(proxy.along('typed_config', 'stat_prefix').value);
    const name = prefix.slice('gateway/'.length);
    const own = found.get(name) ?? { access, field: chain, chains: [] };
    if (textOf(own.access) !== textOf(access)) reading.disagree(`the access of ${name}`, own.field, chain);
    own.chains.push({ names, ...readTcpProxy(reading, proxy, `gateway/${name}`, place.find) });
    found.set(name, own);
  }
  const [first] = found.values();
  if (first === undefined) {
    if (closed.some(({ names }) => names.length > 0))
      for (const chain of chains.slice(0, 1)) reading.report(chain, 'a listener that takes connections');
    return [];
  }
  first.chains.push(...closed);
  return [...found].map(([name, own]) => listenerOf(name, own, place));
}

interface StreamPlace {
  readonly port: number;
  readonly address: string;
  readonly usesProxyProtocol: boolean;
  readonly find: FindBackend;
}

interface Found {
  readonly access: ReadRules;
  readonly field: Field;
  readonly chains: ReadStreamChain[];
}

function listenerOf(
  name: string,
  { access, field, chains }: Found,
  { port, address, usesProxyProtocol }: StreamPlace,
): ReadGatewayStream {
  const isByName = chains.some(({ names }) => names.length > 0);
  const sorted = [...chains].sort((one, other) => rankOf(other.names) - rankOf(one.names));
  return {
    name,
    address,
    access,
    field,
    listener: {
      port,
      protocol: isByName ? 'tls' : 'tcp',
      ...(usesProxyProtocol && { clientAddress: 'proxyProtocol' }),
    },
    rules: sorted.map(ruleOf),
  };
}

function textOf({ closed, allow, deny }: ReadRules): string {
  return JSON.stringify([closed, [...allow], [...deny]]);
}
