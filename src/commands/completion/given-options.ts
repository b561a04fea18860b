/** Options of a command line that choose the mesh or the output whose names are completed. */
export interface GivenOptions {
  readonly root?: string;
  readonly env?: string;
  readonly directory?: string;
}

/** Returns the values of these options among the words before the word that is being typed. */
export function givenOptions(typed: readonly string[]): GivenOptions {
  const given: { root?: string; env?: string; directory?: string } = {};
  for (const [index, word] of typed.slice(0, -1).entries()) {
    const [, name, , assigned] = /^--(root|env|directory)(=(.+))?$/.exec(word) ?? [];
    const value = assigned ?? (index < typed.length - 2 ? typed[index + 1] : undefined);
    if (name !== undefined && value !== undefined) given[name as keyof GivenOptions] = value;
  }
  return given;
}
