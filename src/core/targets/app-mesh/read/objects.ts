import { isDnsLabel } from '../../../import/dns-label.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { idOfHost } from './references.ts';

/** A kind that is read. */
export type Kind =
  | 'Mesh'
  | 'VirtualNode'
  | 'VirtualService'
  | 'VirtualRouter'
  | 'VirtualGateway'
  | 'GatewayRoute'
  | 'BackendGroup';

const kinds: ReadonlySet<string> = new Set([
  'Mesh',
  'VirtualNode',
  'VirtualService',
  'VirtualRouter',
  'VirtualGateway',
  'GatewayRoute',
  'BackendGroup',
] satisfies Kind[]);

/** The objects of App Mesh among the input, by kind and by `namespace/name`. */
export interface Objects {
  /** Returns the objects of a kind, in the order of the input. */
  all(kind: Kind): readonly NativeDocument[];
  /** Returns an object by `namespace/name`. */
  find(kind: Kind, id: string): NativeDocument | undefined;
  /** Namespaces of all objects. */
  readonly namespaces: ReadonlySet<string>;
  /** Ids of the services that hosts of virtual services name. */
  readonly hosts: ReadonlySet<string>;
}

/** Returns the objects that can be read, and refuses the others. */
export function objectsOf(documents: readonly NativeDocument[], context: ReadContext): Objects {
  const readable = documents.filter((document) => {
    const problem = obstacle(document);
    if (problem === undefined) readHeader(document);
    else context.refuse(document, problem);
    return problem === undefined;
  });
  const byKind = Map.groupBy(readable, ({ kind }) => kind);
  const ids = new Map(
    readable.map((document) => [
      `${document.kind} ${context.namespaceOf(document)}/${document.name}`,
      document,
    ]),
  );
  const namespaces = new Set([
    ...readable.map((document) => context.namespaceOf(document)),
    ...context.inventory.services.map(({ namespace }) => namespace),
  ]);
  const hosts = (byKind.get('VirtualService') ?? []).flatMap((document) => {
    const namespace = context.namespaceOf(document);
    const host = document.root.along('spec', 'awsName').value ?? `${document.name}.${namespace}`;
    return typeof host === 'string' ? (idOfHost(host, namespace, namespaces) ?? []) : [];
  });
  return {
    all: (kind) => byKind.get(kind) ?? [],
    find: (kind, id) => ids.get(`${kind} ${id}`),
    namespaces,
    hosts: new Set(hosts),
  };
}

function obstacle({ root, kind, name }: NativeDocument): string | undefined {
  const version = root.at('apiVersion').value;
  if (version !== 'appmesh.k8s.aws/v1beta2')
    return 'only v1beta2 of the API is read; the controller moves older objects to it';
  if (!kinds.has(kind)) return 'this kind is none of App Mesh';
  return isDnsLabel(name.replaceAll('.', '-')) ? undefined : 'its name is no DNS name';
}
