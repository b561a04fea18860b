/**
 * Returns the rank of a match by its rank in the Gateway API. In Linkerd the match that covers most of a path comes first, and an
 * exact path and a pattern cover all of it alike; a GRPCRoute has the ranks of the Gateway API.
 */
export function rankOf(rank: readonly number[], kind: string): readonly number[] {
  const [path = 0, , ...rest] = rank;
  if (kind !== 'HTTPRoute' || path === 0) return rank;
  return [1, 0, ...rest];
}
