import type { ServiceOf } from './backends.ts';
import type { Dialect } from './dialect.ts';

/** The input that rules need beside themselves. */
export interface RuleContext {
  readonly dialect: Dialect;
  readonly serviceOf: ServiceOf;
  readonly arrival: Arrival;
}

/** The port and the scheme by which requests arrive; redirects name these and not those of the caller. */
export interface Arrival {
  readonly port: number;
  readonly scheme: 'http' | 'https';
}
