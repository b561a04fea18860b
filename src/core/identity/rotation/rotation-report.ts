import type { StoredKey } from '../hierarchy.ts';
import type { Gate, GateItem } from './gate.ts';
import type { Rotated, TrustPhase } from './rotation.ts';
import type { RotationStep } from './steps.ts';

/** The result of one run of a rotation. */
export type RotationReport = {
  readonly of: Rotated;
  readonly trustDomain: string;
  /** Path of the trust file, relative to the root. */
  readonly file: string;
  readonly step: 'prepare' | RotationStep['name'];
  readonly from: TrustPhase;
  readonly to: TrustPhase;
  readonly gate: Gate;
} & (
  | {
      readonly state: 'waiting';
      /** The conditions that have to be met first. */
      readonly open: readonly GateItem[];
    }
  | {
      readonly state: 'moved';
      /** The conditions that don't hold although the step was taken: what may break. */
      readonly open: readonly GateItem[];
      readonly stored: readonly StoredKey[];
      readonly isTainted: boolean;
      /**
       * Restarts that close connections which the key of a compromised authority opened, at its last step: a command,
       * or the name of a proxy. Absent at every other step. An apply closes those of proxies that read files and answer.
       */
      readonly restarts?: readonly string[];
      /** The commit that `--commit` made of the step; absent without the option. */
      readonly commit?: string;
    }
);
