import type { Invocation } from '../command-table/invocation.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { findNamed } from '../core/explain/request/find-named.ts';
import { buildGraph } from '../core/graph/build-graph.ts';
import type { CallGraph } from '../core/graph/call-graph.ts';
import { foldNamespaces, mostParts } from '../core/graph/fold-namespaces.ts';
import type { GraphLayout } from '../core/graph/graph-layout.ts';
import { type GraphPart, narrowGraph } from '../core/graph/narrow-graph.ts';
import type { Ir } from '../core/ir/ir.ts';
import { didYouMean } from '../core/lib/did-you-mean.ts';
import { meshFile } from '../core/source/spec-files.ts';
import { UsageError } from '../core/usage-error.ts';
import type { LayOutGraph } from '../ports/graph-layout.ts';
import type { OpenedStore, OpenSpecStore } from '../ports/spec-store.ts';
import { graphDot } from '../ui/graph/graph-dot.ts';
import { graphHtml } from '../ui/graph/graph-html.ts';
import { graphJson } from '../ui/graph/graph-json.ts';
import { graphMermaid } from '../ui/graph/graph-mermaid.ts';
import { graphSvg, layoutRequest } from '../ui/graph/graph-svg.ts';
import { graphText } from '../ui/graph/graph-text.ts';
import { type Answering, answer, wantedFormats } from './formats.ts';
import { linkedMesh } from './linked-mesh.ts';
import { meshOptions } from './options.ts';
import { withStore } from './with-store.ts';

/** The parts of the world that the command uses. */
export interface GraphParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
  readonly layOutGraph: LayOutGraph;
}

/** `mesh graph`: draws who calls what, with `--diff` also what changes from a revision of Git to the present spec. */
export async function graph(invocation: Invocation<'graph'>, parts: GraphParts): Promise<ExitCode> {
  wantedFormats(invocation);
  const { diff, repo } = invocation;
  if (diff !== undefined && repo !== undefined)
    throw new UsageError('--diff compares revisions of the repository here: leave --repo out');
  return withStore(parts.openSpecStore, meshOptions(invocation), async (opened) => {
    const { ir, exitCode } = await linkedMesh(opened.store, invocation, parts.console, true);
    if (!ir) return exitCode;
    const base = diff === undefined ? undefined : await baseMesh(diff, opened, invocation, parts);
    if (base !== undefined && 'exitCode' in base) return base.exitCode;
    const part = partOf(invocation, base === undefined ? [ir] : [ir, base.ir]);
    const whole = narrowGraph(buildGraph(ir, base?.ir), part);
    const shown = shownParts(whole, invocation);
    const layout = isDrawn(invocation) ? await parts.layOutGraph(layoutRequest(shown)) : noLayout;
    await answer(
      invocation,
      {
        text: (colours) => graphText(shown, colours),
        json: () => graphJson(invocation.fold === 'always' ? shown : whole, diff),
        mermaid: () => graphMermaid(shown),
        dot: () => graphDot(shown),
        svg: () => graphSvg(shown, layout),
        html: () => graphHtml(whole, shown, layout, diff),
      },
      parts,
    );
    return exit.success;
  });
}

const noLayout: GraphLayout = { width: 0, height: 0, nodes: [], groups: [], edges: [], labels: [] };

/** Returns true if a wanted format needs a layout: only then Graphviz is loaded. */
function isDrawn(invocation: Invocation<'graph'>): boolean {
  return wantedFormats(invocation).some(({ format }) => format === 'svg' || format === 'html');
}

/** Returns the mesh at a revision, or an exit code if it has errors. Throws a UsageError if there was no mesh yet. */
async function baseMesh(
  base: string,
  { root }: OpenedStore,
  invocation: Invocation<'graph'>,
  parts: GraphParts,
): Promise<{ readonly ir: Ir } | { readonly exitCode: ExitCode }> {
  return withStore(parts.openSpecStore, { root, revision: base }, async ({ store }) => {
    const isThere = (await store.list()).some(({ file }) => file === meshFile);
    if (!isThere) throw new UsageError(`there is no mesh at ${JSON.stringify(base)} to compare with`);
    const { ir, exitCode } = await linkedMesh(store, invocation, parts.console, true);
    if (ir !== undefined) return { ir };
    parts.console.error(
      `mesh: the mesh at ${JSON.stringify(base)} has these errors: there is nothing to compare with\n`,
    );
    return { exitCode };
  });
}

type Named = Parameters<typeof findNamed>[2][number];

function partOf({ namespace, service, depth }: Invocation<'graph'>, meshes: readonly Ir[]): GraphPart {
  if (depth !== undefined && service === undefined)
    throw new UsageError('--depth counts steps from a service: name it with --service');
  const records = meshes.flatMap(({ services, externals, gateways }): readonly Named[] => [
    services,
    externals,
    gateways,
  ]);
  const known = new Set(records.flatMap((one) => Object.keys(one).map((id) => id.slice(0, id.indexOf('/')))));
  const unknown = namespace?.find((one) => !known.has(one));
  if (unknown !== undefined)
    throw new UsageError(
      `the mesh has no namespace ${JSON.stringify(unknown)}${didYouMean(unknown, [...known])}`,
    );
  return {
    ...(namespace !== undefined && { namespaces: namespace }),
    ...(service !== undefined && { around: { id: named(service, records), depth: steps(depth) } }),
  };
}

function named(reference: string, records: readonly Named[]): string {
  const found = findNamed(reference, 'service, External or gateway', records, ['default']);
  if ('problem' in found) throw new UsageError(found.problem);
  return found.id;
}

function steps(depth = '1'): number {
  if (/^[1-9][0-9]?$/.test(depth)) return Number(depth);
  throw new UsageError(`--depth ${JSON.stringify(depth)}: write a number of steps from 1 to 99`);
}

function shownParts(whole: CallGraph, { fold = 'auto' }: Invocation<'graph'>): CallGraph {
  const isFolded = fold === 'always' || (fold === 'auto' && whole.nodes.length > mostParts);
  return isFolded ? foldNamespaces(whole) : whole;
}
