import type { Capabilities } from '../../target.ts';
import { capabilities } from '../capabilities.ts';

/** How far Istio without sidecars keeps each feature. */
export const ambientCapabilities: Capabilities = { ...capabilities };
