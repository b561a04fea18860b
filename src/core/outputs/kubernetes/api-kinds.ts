import type { OwnedKind } from '../../targets/target.ts';

/** Returns the kinds among those of a target that an API server can serve; a resource of a file has no API version. */
export function apiKinds(owns: readonly OwnedKind[]): readonly OwnedKind[] {
  return owns.filter(({ apiVersion }) => apiVersion !== '');
}
