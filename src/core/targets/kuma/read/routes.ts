import type { Field } from '../../../import/field.ts';
import { type KnownService, serviceId } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { Principal } from '../../../spec/types.gen.ts';
import { joinRules } from '../../gateway-api-objects/read/route-rules.ts';
import { inOrder } from './exchanged-prefixes.ts';
import { withoutRepeatedEdges, withoutTakenEdges } from './path-changes.ts';
import { isSystemNamespace, type KumaContext, selectCallee, selectCallers } from './places.ts';
import { type RankedRule, readRule } from './rules.ts';

/** The rules for calls to a port of a service while routes are read. */
interface Routed {
  readonly service: KnownService;
  readonly port?: string;
  readonly rules: RankedRule[];
  readonly from: Field[];
}

/** Returns the Route of each service that routes of Kuma have; rules come in the order of how specific they are. */
export function readRoutes(
  documents: readonly NativeDocument[],
  context: KumaContext,
): readonly ReadDocument[] {
  const routed = new Map<string, Routed>();
  for (const document of documents) {
    const { root, kind } = document;
    const spec = root.at('spec');
    const namespace = context.namespaceOf(document);
    const callers = readCallers(spec.at('targetRef'), namespace, context);
    if (callers === undefined) {
      spec.lost({ callers: 'a route for a gateway, or for callers that are not found, is not carried' });
      continue;
    }
    for (const to of spec.at('to').items()) {
      to.at('hostnames').lost({ callers: 'the route holds for all hosts' });
      const callee = selectCallee(to.at('targetRef'), namespace, context);
      if (callee === 'all' || callee === undefined) {
        to.lost({ callers: 'a route to something else than a service of the mesh is not carried' });
        continue;
      }
      if (callee.version !== undefined) {
        to.lost({ callers: 'calls to a version by a name of its own do not exist' });
        continue;
      }
      for (const service of callee.services) {
        const from = callersAt(service, callers, namespace);
        const rules = to
          .at('rules')
          .items()
          .flatMap((rule) => readRule(rule, { kind, callers: from, namespace, context }));
        const port = portOf(service, callee.port);
        const key = `${serviceId(service)} ${port ?? ''}`;
        const own = routed.get(key) ?? { service, ...(port !== undefined && { port }), rules: [], from: [] };
        routed.set(key, own);
        own.rules.push(...rules);
        own.from.push(root);
      }
    }
  }
  return [...routed.values()].map(({ service: { namespace, name }, port, rules, from }, index, all) => {
    const ordered = joinRules(withoutRepeatedEdges(inOrder(withoutTakenEdges(ofCallersFirst(rules)))));
    const isTotal = ordered.some(({ match }) => match === undefined);
    const isFirst =
      all.findIndex(({ service }) => service.namespace === namespace && service.name === name) === index;
    return {
      kind: 'Route',
      namespace,
      name: isFirst || port === undefined ? name : `${name}-${port}`.slice(0, 63).replace(/-+$/, ''),
      // Kuma sends the rest to the service itself.
      spec: {
        service: name,
        ...(port !== undefined && { ports: [port] }),
        rules: isTotal ? ordered : [...ordered, { backends: [{}] }],
      },
      from,
      beside: serviceId({ namespace, name }),
    };
  });
}

/** A route for some callers wins over one for all where both have the same match. */
function ofCallersFirst(rules: readonly RankedRule[]): readonly RankedRule[] {
  const isOfCallers = ({ match }: RankedRule): boolean => match.from !== undefined;
  return [...rules.filter(isOfCallers), ...rules.filter((one) => !isOfCallers(one))];
}

/** Returns the callers of a route: an empty list for all; undefined if they can't be named. */
function readCallers(ref: Field, namespace: string, context: KumaContext): readonly Principal[] | undefined {
  if (!ref.isPresent) return [];
  const kind = ref.at('kind').text();
  if (kind === 'Mesh') return ref.at('proxyTypes').isPresent ? undefined : [];
  if (kind === 'MeshGateway') return undefined;
  return selectCallers(ref, namespace, context, 'route');
}

/** A policy of a namespace for services of another one holds for the callers of its own namespace. */
function callersAt(
  service: KnownService,
  callers: readonly Principal[],
  namespace: string,
): readonly Principal[] {
  const isConsumer = !isSystemNamespace(namespace) && service.namespace !== namespace;
  return callers.length === 0 && isConsumer ? [{ namespace }] : callers;
}

function portOf({ ports }: KnownService, asked: string | undefined): string | undefined {
  if (asked === undefined || ports.length < 2) return undefined;
  return ports.find(({ nativeName, name, port }) => [nativeName, name, String(port)].includes(asked))?.name;
}
