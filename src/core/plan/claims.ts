/** The parts of others that a user takes over by hand. */
export interface Claims {
  /** Existing objects, by the names that conflicts give. */
  readonly adopt?: readonly string[];
  /** Fields of objects that other managers own, each as `<ref>:<field>`. */
  readonly take?: readonly string[];
}

/** Returns claims without empty lists; undefined if nothing is claimed. */
export function claimed({ adopt = [], take = [] }: Claims): Claims | undefined {
  if (adopt.length === 0 && take.length === 0) return undefined;
  return { ...(adopt.length > 0 && { adopt }), ...(take.length > 0 && { take }) };
}
