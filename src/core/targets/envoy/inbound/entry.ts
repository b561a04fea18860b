import type { Instance, Port, Service } from '../../../ir/service.ts';

/** A port of one instance. */
export interface Entry {
  readonly service: Service;
  readonly instance: Instance;
  readonly port: Port;
}
