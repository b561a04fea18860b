/** A graph to be laid out; its parts and groups are named by their positions in the lists. Sizes are in pixels. */
export interface LayoutRequest {
  readonly nodes: readonly { readonly width: number; readonly height: number; readonly group?: number }[];
  /** `label` is the number of characters of the words beside an edge; 0 if there are none. */
  readonly edges: readonly { readonly from: number; readonly to: number; readonly label?: number }[];
  /** The number of groups, each of which gets a frame. */
  readonly groups: number;
  /** `layered` puts callees to the right of their callers; `grid` keeps graphs with many edges small and takes no time. */
  readonly style: 'layered' | 'grid';
}

/** A point, in pixels from the upper left corner. */
export type Point = readonly [x: number, y: number];

/** The places of the parts of a graph. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** The middles of the nodes. */
  readonly nodes: readonly Point[];
  /** The frames of the groups by their corners; undefined if the style has none. */
  readonly groups: readonly (readonly [Point, Point] | undefined)[];
  /** The points of cubic Bézier curves: a start, and three points for each curve. */
  readonly edges: readonly (readonly Point[])[];
  /** The middles of the words beside the edges; undefined if an edge has none. */
  readonly labels: readonly (Point | undefined)[];
}
