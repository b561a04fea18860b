import type { RecordedProgram } from './run-record.ts';

/** A proxy or a stand-in that `mesh up` shows. */
export interface LocalPart {
  readonly target: string;
  readonly kind: 'proxy' | 'service';
  /** The id of the proxy, or the service and version. */
  readonly name: string;
  /** `running`: somebody else has started it. */
  readonly state: 'starting' | 'ready' | 'running' | 'ended';
  /** Addresses that it listens at, by name. */
  readonly listens: Readonly<Record<string, string>>;
  /** The reason of its state, if there is one to tell. */
  readonly detail?: string;
  /** Number of requests that a stand-in has answered. */
  readonly requests?: number;
}

/** Returns true once every part is ready or has ended. */
export function isSettled(parts: readonly LocalPart[]): boolean {
  return parts.every(({ state }) => state !== 'starting');
}

/** Returns the state of a part as a record keeps it. */
export function settledState(state: LocalPart['state']): RecordedProgram['state'] {
  return state === 'running' ? 'ready' : state;
}
