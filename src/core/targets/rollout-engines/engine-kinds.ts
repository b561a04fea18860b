import type { OwnedKind } from '../target.ts';
import { apiVersions } from './object.ts';

/** The kinds that a target writes for the engines of Rollouts. */
export const engineKinds: readonly OwnedKind[] = Object.entries(apiVersions).map(([kind, apiVersion]) => ({
  apiVersion,
  kind,
}));
