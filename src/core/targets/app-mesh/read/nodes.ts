import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { Field } from '../../../import/field.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Protocol } from '../../../spec/types.gen.ts';
import { readAccessLog } from './access-log.ts';
import { readBackends } from './backends.ts';
import { readListener } from './listeners.ts';
import { isReserved, placeOf } from './node-places.ts';
import type { Objects } from './objects.ts';
import { nameFrom } from './references.ts';
import type { ServiceDrafts } from './service-drafts.ts';

/** The virtual nodes of a mesh, as the services or hosts that they stand for. */
export interface Nodes {
  /** Returns the id of the service or External of a node by the id of the VirtualNode. */
  serviceOf(node: string): string | undefined;
  /** Returns the version of the service that a node is; undefined for all of its versions. */
  versionOf(node: string): string | undefined;
  /** Returns the number of the first port of a node. */
  portOf(node: string): number | undefined;
  /** Returns true if a node stands for a host outside of the mesh. */
  isOutside(node: string): boolean;
  /** Returns true for the id of an External whose host no DNS has. */
  isNowhere(id: string): boolean;
  /** Returns the callers of each virtual service by its id, as ids of services. */
  callersOf(virtualService: string): readonly { readonly id: string; readonly from: Field }[];
  /** Returns the hosts outside of the mesh; `callersOf` gives the ids of services that may call one. */
  externals(callersOf: (id: string) => readonly string[]): readonly ReadDocument[];
  /** Returns the trust domain that certificates name. */
  trustDomain(): string | undefined;
  /** Findings about what listeners leave open. */
  readonly findings: readonly Diagnostic[];
}

interface ReadNode {
  readonly id: string;
  readonly version?: string;
  readonly host?: string;
  readonly ports: readonly { readonly port: number; readonly protocol: Protocol }[];
  readonly from: Field;
}

/** Reads the virtual nodes. */
export function readNodes(
  objects: Objects,
  drafts: ServiceDrafts,
  context: ReadContext,
  isOpen: boolean,
): Nodes {
  const nodes = new Map<string, ReadNode>();
  const callers = new Map<string, { id: string; from: Field }[]>();
  const trustDomains: string[] = [];
  const findings: Diagnostic[] = [];
  const groups = readGroups(objects);
  for (const resource of objects.all('VirtualNode')) {
    const { spec, root } = resource;
    const { id, host, version } = placeOf(resource, objects, context);
    const listeners = spec.at('listeners').items();
    const ports = listeners.map((listener) =>
      readListener(listener, id, host !== undefined, drafts, { isOpen, trustDomains, findings }),
    );
    const known = ports.filter((port) => port !== undefined);
    nodes.set(resource.id, {
      id,
      ports: known,
      from: root,
      ...(host !== undefined && { host }),
      ...(version !== undefined && { version }),
    });
    if (host !== undefined) continue;
    const draft = drafts.of(id, root);
    draft.isNode = true;
    const labels = readSelector(spec.at('podSelector'));
    if (labels !== undefined) draft.labels ??= labels;
    readAccessLog(spec.at('logging'), draft.settings, (settings) => {
      draft.settings = settings;
    });
    const called = readBackends(resource, groups);
    for (const { virtualService, from } of called) {
      const list = callers.get(virtualService) ?? [];
      list.push({ id, from });
      callers.set(virtualService, list);
    }
    const isRun = labels !== undefined || resource.form === 'aws-api';
    if (isRun && !isOpen) draft.declaresCalls = true;
  }
  return {
    serviceOf: (node) => nodes.get(node)?.id,
    versionOf: (node) => nodes.get(node)?.version,
    portOf: (node) => nodes.get(node)?.ports[0]?.port,
    isOutside: (node) => nodes.get(node)?.host !== undefined,
    isNowhere: (id) => [...nodes.values()].some((node) => node.id === id && isReserved(node.host)),
    callersOf: (virtualService) => callers.get(virtualService) ?? [],
    externals: (callersOf) => externalsOf([...nodes.values()], isOpen ? undefined : callersOf),
    trustDomain: () => trustDomains[0],
    findings,
  };
}

function readSelector(field: Field): Readonly<Record<string, string>> | undefined {
  const expressions = field.at('matchExpressions');
  if (expressions.isPresent)
    expressions.lost({
      callers: 'the language selects pods by labels alone, so more pods may belong to the service',
    });
  return field.at('matchLabels').labels();
}

function readGroups(objects: Objects): ReadonlyMap<string, readonly (readonly [string, Field])[]> {
  return new Map(
    objects.all('BackendGroup').map(({ id, namespace, spec }) => {
      const items = spec.at('virtualservices').items();
      const ids = items.flatMap((item): readonly (readonly [string, Field])[] => {
        const name = item.at('name').text();
        return name === undefined ? [] : [[`${item.at('namespace').text() ?? namespace}/${name}`, item]];
      });
      return [id, ids] as const;
    }),
  );
}

function externalsOf(
  nodes: readonly ReadNode[],
  callersOf: ((id: string) => readonly string[]) | undefined,
): readonly ReadDocument[] {
  return nodes.flatMap(({ id, host, ports, from: field }) => {
    if (host === undefined) return [];
    const [namespace = '', name = ''] = id.split('/');
    const callers = callersOf?.(id);
    if (isReserved(host)) {
      field
        .along('spec', 'serviceDiscovery')
        .withoutEffect('no DNS has this host, so there is nobody to call');
      if (callers === undefined || callers.length === 0) return [];
    }
    if (callers?.length === 0)
      field.along('spec', 'serviceDiscovery', 'dns', 'hostname').differently({
        callers: `every service may call ${host}, which no node had as a backend`,
        access: 'wider',
      });
    const entries = ports.map(
      ({ port, protocol }) =>
        [protocol === 'tcp' ? `tcp-${String(port)}` : protocol, port, protocol] as const,
    );
    return [
      {
        kind: 'External' as const,
        namespace,
        name,
        spec: {
          hosts: [host],
          ports: Object.fromEntries(
            entries.map(([key, port, protocol]) => [key, { port, ...(key !== protocol && { protocol }) }]),
          ),
          ...(callers !== undefined &&
            callers.length > 0 && {
              from: callers.map((service) => ({ service: nameFrom(service, namespace) })),
            }),
        },
        from: [field],
      },
    ];
  });
}
