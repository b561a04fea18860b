import type { ServiceOf } from './backends.ts';
import type { Dialect } from './dialect.ts';

/** Input of rules beside themselves. */
export interface RuleContext {
  readonly dialect: Dialect;
  readonly serviceOf: ServiceOf;
  readonly arrival: Arrival;
}

/** The port and the scheme by which requests arrive: a redirect names them, whatever a caller says. */
export interface Arrival {
  readonly port: number;
  readonly scheme: 'http' | 'https';
}
