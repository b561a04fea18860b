import type { Ir } from '../ir/ir.ts';
import { mtlsOf } from '../ir/service.ts';
import { own } from '../lib/own.ts';
import { accessRow } from '../reach/access-row.ts';
import type { DiagramBox } from '../reach/boxes.ts';
import type { ListedClass } from '../reach/callers.ts';
import type { Destination } from '../reach/entries.ts';
import type { Case, CaseGroup } from '../reach/grouped-cases.ts';
import type { Entry } from '../reach/meaning/request-meaning.ts';
import type { ValueMemory } from '../reach/value-memory.ts';
import { witnessOf } from '../reach/witness.ts';
import { decide } from '../semantics/decide.ts';
import type { GraphBox } from './call-graph.ts';
import type { CallerNode } from './caller-nodes.ts';
import type { RequestCell } from './request-cell.ts';

/** The meshes of a graph: `before` is absent if the graph is of one mesh, or if the destination is the same in both. */
export interface GraphMeshes {
  readonly now: Ir;
  readonly before?: Ir;
  readonly memory: ValueMemory;
}

/** Requests that the graph shows alike, and their destination. */
export interface PlacedCell {
  readonly meshes: GraphMeshes;
  readonly destination: Destination;
  readonly cell: RequestCell;
}

/** Returns requests of a sender as a box of an edge; one case stands for all of the sender's. */
export function graphBox(
  { meshes, destination, cell }: PlacedCell,
  sender: CallerNode,
  { entry, caller }: Case<ListedClass>,
  { conditions, parts, places }: DiagramBox & Pick<CaseGroup, 'places'>,
): GraphBox {
  const { now, before, isDeclared } = cell;
  const { id, port } = destination;
  const isLost = now === undefined && before !== undefined;
  // The lines that let lost requests pass are lines of the earlier mesh.
  const mesh = (isLost ? meshes.before : undefined) ?? meshes.now;
  const { decidedBy } = decide(mesh, witnessOf(mesh, entry, parts));
  const rules = [...new Set(decidedBy.map(({ file, line }) => `${file}:${String(line)}`))];
  const named = new Map([...places, ...conditions]);
  const row = accessRow({ from: sender.from, to: id, port, conditions: named, rules });
  const { methods, paths, headers, when } = row;
  const change = changeOf(cell);
  const declares =
    caller.members.type === 'services' &&
    caller.members.ids.some((one) => own(meshes.now.services, one)?.calls !== undefined);
  return {
    verdict: now === undefined ? 'refused' : 'allowed',
    from: sender.from,
    ...(sender.except.length > 0 && { except: sender.except }),
    port,
    methods,
    paths,
    ...(headers !== undefined && { headers }),
    ...(when !== undefined && { when }),
    rules,
    ...(declares && { isDeclared }),
    ...wayOf(mesh, destination),
    ...(now ?? before),
    ...(now === undefined && { reason: reasonOf(meshes.now, entry, parts) }),
    ...(change !== undefined && { change }),
  };
}

function reasonOf(ir: Ir, entry: Entry, parts: DiagramBox['parts']): string {
  const outcome = decide(ir, witnessOf(ir, entry, parts));
  return 'reason' in outcome ? outcome.reason : outcome.outcome;
}

/** Returns the services and Externals that get the requests of a cell, now or before. */
export function receivers(cell: RequestCell): ReadonlyMap<string, GraphBox['change']> {
  const [now, before] = [receiversOf(cell.now), receiversOf(cell.before)];
  const changed = changeOf(cell) === 'rerouted' ? 'rerouted' : undefined;
  return new Map(
    [...new Set([...now, ...before])].map((id) => {
      if (!before.has(id)) return [id, 'gained'];
      return [id, now.has(id) ? changed : 'lost'];
    }),
  );
}

function receiversOf(delivery: RequestCell['now']): ReadonlySet<string> {
  return new Set(delivery?.backends?.map(({ service }) => service));
}

function changeOf({ now, before }: RequestCell): GraphBox['change'] {
  if (now === undefined) return before === undefined ? undefined : 'lost';
  if (before === undefined) return 'gained';
  return JSON.stringify(now) === JSON.stringify(before) ? undefined : 'rerouted';
}

/** Returns the mTLS of a port, or the egress gateway of an External. */
function wayOf(ir: Ir, { id, port: name }: Destination): Pick<GraphBox, 'mtls' | 'via'> {
  const service = own(ir.services, id);
  const port = service?.ports.find((one) => one.name === name);
  if (service !== undefined && port !== undefined) return { mtls: mtlsOf(service, port) };
  const gateway = own(ir.externals, id)?.gateway;
  return gateway === undefined ? {} : { via: gateway };
}
