/** Objects and fields of other owners that a user takes over explicitly. */
export interface Claims {
  /** Existing objects, by their names in conflicts. */
  readonly adopt?: readonly string[];
  /** Fields of objects that other managers own, each as `<ref>:<field>`. */
  readonly take?: readonly string[];
}

/** Returns claims without empty lists; undefined if nothing is claimed. */
export function claimed({ adopt = [], take = [] }: Claims): Claims | undefined {
  if (adopt.length === 0 && take.length === 0) return undefined;
  return { ...(adopt.length > 0 && { adopt }), ...(take.length > 0 && { take }) };
}
