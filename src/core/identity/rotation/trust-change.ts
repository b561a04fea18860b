/** The trust of a target's proxies: the roots that they trust and those that their certificates chain to, by `id`. */
export interface TrustInForce {
  readonly trusted: ReadonlySet<string>;
  readonly signers: ReadonlySet<string>;
}

/**
 * Returns why proxies that have moved from one trust to another can't call proxies that haven't, or undefined if all of
 * them can: each root that signs on one side has to be trusted on the other side. Adjacent phases of a rotation fulfil
 * this condition, others don't.
 */
export function changeProblem(before: TrustInForce, after: TrustInForce): string | undefined {
  const lost = missing(before.signers, after.trusted);
  if (lost !== undefined)
    return `certificates of the root ${lost.slice(0, 16)} are in use, which would no longer be trusted`;
  const early = missing(after.signers, before.trusted);
  if (early !== undefined)
    return `certificates of the root ${early.slice(0, 16)} would be used, which is not trusted yet`;
  return undefined;
}

function missing(wanted: ReadonlySet<string>, there: ReadonlySet<string>): string | undefined {
  return [...wanted].find((id) => !there.has(id));
}
