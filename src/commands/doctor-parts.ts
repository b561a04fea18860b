import type { KeyStore } from '../ports/key-store.ts';
import type { LocalListeners } from '../ports/local-listeners.ts';
import type { Machine } from '../ports/machine.ts';
import type { ProxyAdmin } from '../ports/proxy-admin.ts';
import type { ObservingParts } from './delivery/delivery-parts.ts';

/** The parts of the world that `mesh doctor` uses. */
export interface DoctorParts extends ObservingParts {
  readonly machine: Machine;
  readonly keyStore: (root: string) => KeyStore;
  readonly admin: ProxyAdmin;
  readonly listeners: LocalListeners;
}
