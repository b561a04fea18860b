/** Returns an answer for each call in their order, with sixteen of them under way. */
export async function inTurn<T, A>(calls: readonly T[], ask: (call: T) => Promise<A>): Promise<readonly A[]> {
  const answers: A[] = [];
  for (let at = 0; at < calls.length; at += 16)
    answers.push(...(await Promise.all(calls.slice(at, at + 16).map(ask))));
  return answers;
}
