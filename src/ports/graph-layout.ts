import type { GraphLayout, LayoutRequest } from '../core/graph/graph-layout.ts';

/** Lays graphs out. The same graph always has the same layout. */
export type LayOutGraph = (graph: LayoutRequest) => Promise<GraphLayout>;
