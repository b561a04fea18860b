import type { CertificateReader } from '../../../ports/certificate-reader.ts';
import type { Trust } from '../trust-file.ts';
import type { ReachedTrust } from './evidence.ts';
import { longestUse } from './step-gate.ts';
import { nextStep } from './steps.ts';

/** A date that somebody or a timer has to keep. Times are ms since the epoch. */
export interface CalendarEntry {
  /** The subject, for people: `root 1a2b3c4d`, `issuer of prod 1a2b…`. */
  readonly what: string;
  /** The action, as a command or a sentence. */
  readonly action: string;
  /** The time by which the action has to begin; absent if it may happen at any time. */
  readonly by?: number;
  /** The earliest time of the action. */
  readonly from?: number;
  /** The end of the certificate's life. */
  readonly expires?: number;
}

/** The share of a life that is left when its rotation should begin. */
const left = 0.25;

/**
 * Returns the dates of a hierarchy in order: when to begin the next rotation of each authority, how often certificates
 * of workloads have to be renewed, and when the rotation under way can go on.
 */
export function calendar(
  trust: Trust,
  { leafLife, reached }: { readonly leafLife: number; readonly reached: readonly ReachedTrust[] },
  reader: CertificateReader,
  now: number,
): readonly CalendarEntry[] {
  const { rotation, phase } = trust;
  const leaving = new Set(rotation?.old ?? []);
  const authorities = [
    ...trust.roots.map((one) => ({ ...one, what: 'root', root: '', command: 'root' })),
    ...trust.issuers.map((one) => ({
      ...one,
      what: `issuer of ${one.target}`,
      command: `issuer --target ${one.target}`,
    })),
  ].filter(({ id, root }) => !leaving.has(id) && !leaving.has(root));
  const ends = authorities.flatMap(({ id, what, certificate, command }): readonly CalendarEntry[] => {
    const [facts] = reader.certificates(certificate) ?? [];
    if (facts === undefined) return [];
    const { notBefore, notAfter } = facts;
    // A rotation has to end before its authority does.
    const share = (notAfter - notBefore) * left;
    const by = notAfter - Math.max(share, longestUse({ leafLife }));
    return [
      { what: `${what} ${id.slice(0, 16)}`, action: `mesh certs rotate ${command}`, by, expires: notAfter },
    ];
  });
  const step = nextStep(trust);
  const since = reached.filter((one) => one.phase === phase).map((one) => Date.parse(one.since));
  const from =
    phase === 'DUAL_SIGN' && rotation && since.length > 0 ? Math.max(...since) + longestUse(rotation) : now;
  const next: readonly CalendarEntry[] =
    step === undefined || rotation === undefined
      ? []
      : [
          {
            what: `rotation of the ${rotation.of} in ${phase}`,
            action: `mesh certs rotate ${rotation.of} (${step.name})`,
            from: Math.max(from, now),
          },
        ];
  const third = now + leafLife / 3;
  const renewal = { what: 'workload certificates', action: 'mesh certs rotate workload', by: third };
  return [...next, renewal, ...ends.sort((a, b) => (a.by ?? 0) - (b.by ?? 0))];
}
