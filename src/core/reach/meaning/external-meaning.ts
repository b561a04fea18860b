import type { External, ExternalPort } from '../../ir/external.ts';
import type { Ir } from '../../ir/ir.ts';
import { own } from '../../lib/own.ts';
import { egressListener, notForCaller } from '../../semantics/external.ts';
import { serviceLimits } from '../../semantics/limits.ts';
import { carriesRequests } from '../../semantics/port.ts';
import type { Sender } from '../../semantics/sender.ts';
import type { Meaning } from '../meaning.ts';
import { failure, hidden } from './labels.ts';
import { type AcceptedLabel, accessMeaning } from './server-meaning.ts';
import type { SymbolicArrival } from './symbolic-arrival.ts';
import { tokenMeaning } from './token-meaning.ts';

/** Returns the meaning of a call to an External, perhaps by way of its egress gateway, as `checkExternal` decides. */
export function externalMeaning(
  ir: Ir,
  external: External,
  port: ExternalPort,
  sender: Sender,
  arrival: SymbolicArrival,
): Meaning {
  const unseen = notForCaller(external, sender.identity);
  if (unseen !== undefined) return { label: hidden(unseen.status) };
  const http = carriesRequests(port);
  const limits = http ? serviceLimits(external) : [];
  const accepted: AcceptedLabel = { accepted: true, claims: [], reserved: [], limits };
  const gateway = external.gateway === undefined ? undefined : own(ir.gateways, external.gateway);
  if (gateway === undefined || gateway.id === sender.gateway) return { label: accepted };
  const listener = egressListener(gateway, external, port);
  if (listener === undefined) return { label: failure('unroutable', 503) };
  const received = {
    ...arrival,
    port: { name: listener.name, number: listener.port, http },
    identity: listener.protocol === 'tls' ? undefined : sender.identity,
  };
  return tokenMeaning(http ? gateway.authentication : undefined, arrival.hasToken, (token) =>
    accessMeaning(gateway.access, received, token, 403, () => ({ label: accepted })),
  );
}
