/** The last look of a guard at an output; it shows that a guard acts there if a runner dies. */
export interface GuardSight {
  readonly formatVersion: string;
  /** ISO 8601. */
  readonly seen: string;
  /** Milliseconds between two looks, as `--every` says. */
  readonly every: number;
  /** `user@host`. */
  readonly by: string;
}

/** Returns true if the guard still looks: the last look is at most two intervals ago. */
export function isWatching({ seen, every }: Pick<GuardSight, 'seen' | 'every'>, now: Date): boolean {
  // The clocks of two machines may differ either way.
  return Math.abs(now.getTime() - Date.parse(seen)) <= 2 * every;
}
