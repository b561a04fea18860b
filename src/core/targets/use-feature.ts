import type { Feature } from '../ir/feature.ts';
import type { Origin } from '../location.ts';

/** Notes that a place of the spec uses a feature. */
export type UseFeature = (feature: Feature, at: Origin) => void;
