import type { CertificateFacts } from '../../../ports/certificate-reader.ts';
import { lifeOf } from '../life.ts';
import { renewalStart } from '../renewal.ts';
import type { CertificateStanding } from './certificate-standing.ts';

/** The moment of a survey and its threshold. */
export interface SurveyTime {
  /** ms since the epoch. */
  readonly now: number;
  /** A certificate that lives longer than this many ms fails once less than this is left. */
  readonly minValidity?: number;
}

type Dated = 'state' | 'fingerprint' | 'begins' | 'expires' | 'daysLeft' | 'renewFrom';

/** Returns the fingerprint of a certificate and everything that its dates say. */
export function validityOf(
  facts: Pick<CertificateFacts, 'fingerprint' | 'notBefore' | 'notAfter'>,
  { now, minValidity }: SurveyTime,
): Required<Pick<CertificateStanding, Dated>> {
  return {
    ...lifeOf(facts, now, minValidity),
    fingerprint: facts.fingerprint,
    begins: new Date(facts.notBefore).toISOString(),
    renewFrom: new Date(renewalStart(facts)).toISOString(),
  };
}
