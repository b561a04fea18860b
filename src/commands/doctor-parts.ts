import type { CertificateReader } from '../ports/certificate-reader.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeyStore } from '../ports/key-store.ts';
import type { Machine } from '../ports/machine.ts';
import type { ProxyAdmin } from '../ports/proxy-admin.ts';
import type { OpenSpecStore } from '../ports/spec-store.ts';
import type { Answering } from './formats.ts';

/** The parts of the world that `mesh doctor` uses. */
export interface DoctorParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
  readonly machine: Machine;
  readonly reader: CertificateReader;
  readonly keyStore: (root: string) => KeyStore;
  readonly admin: ProxyAdmin;
  readonly clock: Clock;
}
