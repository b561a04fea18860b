import type { Origin } from '../location.ts';
import type { Feature } from './feature.ts';

/** Notes that a place of the spec uses a feature. */
export type UseFeature = (feature: Feature, at: Origin) => void;
