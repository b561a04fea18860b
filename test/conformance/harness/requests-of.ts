import { combinations, type MeshCase, type RequestData } from '../../cases/cases.ts';

/** Returns the case's requests by feature: those with expectations first, then the combinations. */
export function requestsOf(
  meshCase: MeshCase,
): readonly { readonly feature: string; readonly requests: readonly RequestData[] }[] {
  const byFeature = new Map<string, RequestData[]>();
  const add = (feature: string, data: readonly RequestData[]): void => {
    byFeature.set(feature, [...(byFeature.get(feature) ?? []), ...data]);
  };
  for (const { feature, request } of meshCase.requests) add(feature, [request]);
  for (const matrix of meshCase.matrices) add(matrix.feature, combinations(matrix));
  return [...byFeature].map(([feature, requests]) => ({ feature, requests }));
}
