/** A graph to be laid out; its parts and groups are named by their positions in the lists. Sizes are in pixels. */
export interface LayoutRequest {
  readonly nodes: readonly { readonly width: number; readonly height: number; readonly group?: number }[];
  readonly edges: readonly { readonly from: number; readonly to: number }[];
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
}
