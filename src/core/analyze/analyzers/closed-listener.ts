import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { AccessRule } from '../../ir/access.ts';
import type { Gateway, Listener } from '../../ir/gateway.ts';
import { itemsOf, keyLocationOf } from '../../ir/link/spec-place.ts';
import { absoluteId } from '../../spec/absolute-id.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2346: {
    severity: 'warning',
    text: 'this closes {gateway}, and nobody gets in at its listener {listener}: no allow can match there',
    explanation:
      'A gateway with an allow is closed on all its listeners. On a listener without HTTP a rule with `when`, or with more than `ports` in `to`, never matches, and callers have no identity except on tcp listeners of an egress gateway. Let in the callers of this listener: `allow: {from: [{anyone: true}], to: [{ports: [LISTENER]}]}`.',
  },
});

/** Reports gateways whose Access has only rules about requests, and so closes the listeners without HTTP. */
export const closedListener: Analyzer = {
  name: 'closed-listener',
  description: 'Reports Access of a gateway that lets nobody in at a listener which is not HTTP.',
  messages,
  analyze({ spec, ir }, report) {
    const reported = new Set<string>();
    for (const { namespace, value } of spec.accesses) {
      const { gateway: name, rules } = value.spec;
      if (name === undefined) continue;
      const gateway = ir.gateways[absoluteId(name, namespace)];
      const [first] = itemsOf(rules).filter(([{ allow }]) => allow !== undefined);
      if (gateway === undefined || first === undefined || reported.has(gateway.id)) continue;
      const shut = gateway.listeners.filter((listener) => isShut(gateway, listener));
      reported.add(gateway.id);
      for (const listener of shut) {
        const at = keyLocationOf({ container: first[0], key: 'allow' });
        report(finding(messages, 'MESH2346', at, { gateway: gateway.id, listener: listener.name }));
      }
    }
  },
};

/** Returns true if Routes forward calls from a listener without HTTP, but no allow matches such calls. */
function isShut(gateway: Gateway, listener: Listener): boolean {
  const { protocol, virtualHosts } = listener;
  if ((protocol !== 'tls' && protocol !== 'tcp') || virtualHosts.length === 0) return false;
  return !gateway.access.allow.some((rule) => canMatch(rule, gateway, listener));
}

function canMatch(
  { from = [], to, when }: AccessRule,
  { type }: Gateway,
  { name, protocol }: Listener,
): boolean {
  if (when !== undefined) return false;
  const isKnown = type === 'egress' && protocol === 'tcp';
  const identities = ['spiffe', 'namespace', 'authenticated'];
  if (!isKnown && from.every((principal) => identities.includes(principal.type))) return false;
  return (
    to === undefined ||
    to.some(
      ({ ports, methods, paths, hosts, headers }) =>
        (ports?.includes(name) ?? true) &&
        [methods, paths, hosts, headers].every((part) => part === undefined),
    )
  );
}
