import type { Field } from '../../../import/field.ts';
import type { KnownPort, KnownWorkload } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Authorizations } from './authorizations.ts';
import { type Callers, union } from './callers.ts';
import { readPolicyWord } from './default-policy.ts';
import type { PolicyMatch } from './policy-matches.ts';
import { readSelector, type Selector } from './selector.ts';

/** A Server: the callers of a port of pods. */
export interface KnownServer {
  readonly document: NativeDocument;
  readonly namespace: string;
  readonly selects: Selector;
  /** Labels of `matchLabels` alone. */
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Field;
  readonly port: number | string;
  readonly portField: Field;
  /** Undefined if Linkerd finds the protocol by itself. */
  readonly protocol: string | undefined;
  /** Callers of every request, or of the requests that `matches` take. */
  readonly callers: Callers;
  /** Absent without a route; with routes a request that none takes is refused. */
  readonly matches?: readonly PolicyMatch[];
}

/** Reads a Server, with the callers of its policies and of its routes. */
export function readServer(
  document: NativeDocument,
  authorizations: Authorizations,
  routes: ReadonlyMap<string, readonly PolicyMatch[]>,
  context: ReadContext,
): KnownServer {
  const { root, name } = document;
  const namespace = context.namespaceOf(document);
  const spec = root.at('spec');
  const selector = spec.at('podSelector');
  const access = spec.at('accessPolicy');
  const external = spec.at('externalWorkloadSelector');
  if (external.isPresent)
    external.lost({ callers: 'workloads outside of Kubernetes are not in the spec: write endpoints' });
  const labels = textsOf(root.along('metadata', 'labels'));
  const selects = selector.isPresent ? readSelector(selector) : () => false;
  const callers = union(
    readPolicyWord(access.text() ?? 'deny', access),
    authorizations.atServer(namespace, name, labels),
  );
  const matches = routes.get(`${namespace}/${name}`);
  return {
    document,
    namespace,
    selects,
    labels: textsOf(selector.at('matchLabels')),
    selector,
    port: spec.at('port').numberOrText() ?? '',
    portField: spec.at('port'),
    protocol: spec.at('proxyProtocol').text(),
    callers,
    ...(matches && { matches }),
  };
}

/** Returns the values of a map that are texts, without marks. */
function textsOf({ value }: Field): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(value ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Returns true if a Server is of a port of these pods; a name is that of a port of their containers. */
export function isAtPort(
  { port }: KnownServer,
  { targetPort, nativeName, name }: KnownPort,
  pods: readonly KnownWorkload[],
): boolean {
  if (typeof port === 'number') return port === targetPort;
  if (/^\d{1,5}$/.test(port)) return Number(port) === targetPort;
  const numbers = pods.flatMap(({ ports }) => ports?.get(port) ?? []);
  return numbers.length > 0 ? numbers.includes(targetPort) : port === nativeName || port === name;
}
