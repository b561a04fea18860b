/** A duration of App Mesh. */
export interface Duration {
  readonly unit: 's' | 'ms';
  readonly value: number;
}

/** Returns milliseconds as a duration; 0 stays 0, which App Mesh takes for no limit. */
export function duration(milliseconds: number): Duration {
  const whole = milliseconds === 0 ? 0 : Math.max(Math.round(milliseconds), 1);
  return whole % 1000 === 0 ? { unit: 's', value: whole / 1000 } : { unit: 'ms', value: whole };
}
