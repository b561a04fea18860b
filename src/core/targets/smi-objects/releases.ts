/** The API version of each kind of SMI in one release of its specification, or in one mesh. */
export interface SmiRelease {
  readonly TrafficSplit: string;
  readonly TrafficTarget: string;
  readonly HTTPRouteGroup: string;
  readonly TCPRoute: string;
}

/** A kind of object of SMI. */
export type SmiKind = keyof SmiRelease;

/** SMI 0.5: a TrafficTarget names the port of its destination, and a TCPRoute has no fields. */
export const release05: SmiRelease = {
  TrafficSplit: 'split.smi-spec.io/v1alpha3',
  TrafficTarget: 'access.smi-spec.io/v1alpha2',
  HTTPRouteGroup: 'specs.smi-spec.io/v1alpha3',
  TCPRoute: 'specs.smi-spec.io/v1alpha3',
};

/** SMI 0.6: a TCPRoute names ports. */
export const release06: SmiRelease = {
  TrafficSplit: 'split.smi-spec.io/v1alpha4',
  TrafficTarget: 'access.smi-spec.io/v1alpha3',
  HTTPRouteGroup: 'specs.smi-spec.io/v1alpha4',
  TCPRoute: 'specs.smi-spec.io/v1alpha4',
};

/** The kinds of SMI 0.6 with an older TrafficSplit, which has no conditions: Open Service Mesh serves no newer one. */
export const releaseOfOsm: SmiRelease = { ...release06, TrafficSplit: 'split.smi-spec.io/v1alpha2' };
