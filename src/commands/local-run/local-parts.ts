import type { LocalListeners } from '../../ports/local-listeners.ts';
import type { LocalPrograms } from '../../ports/local-programs.ts';
import type { Machine } from '../../ports/machine.ts';
import type { WatchingParts } from '../delivery/delivery-parts.ts';

/** The parts of the world that `mesh up` and `mesh down` use. */
export interface LocalRunParts extends WatchingParts {
  readonly machine: Machine;
  readonly programs: LocalPrograms;
  readonly listeners: LocalListeners;
}
