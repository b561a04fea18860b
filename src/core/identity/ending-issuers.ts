import type { CertificateReader } from '../../ports/certificate-reader.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { defineMessages, finding } from '../diagnostics/message.ts';
import type { Ir } from '../ir/ir.ts';
import { locatePath } from '../source/locate.ts';
import type { Spec } from '../spec/spec.ts';
import { type IssuerLife, issuerLives } from './issuer-life.ts';
import { type Trust, trustFilePath } from './trust-file.ts';

export const messages = defineMessages({
  MESH4020: {
    severity: 'warning',
    text: 'the {what} in {file} ends {expires}, {left}: every certificate that it signed ends with it',
    explanation:
      'No certificate outlives the one that signed it, so proxies refuse each other once a root or issuer has ended. Three quarters of its life are over. Make a new issuer in time: take the entry of the target out of `issuers` in the trust file, run `mesh certs init`, commit the file, and apply. The root stays, so proxies with old and new certificates trust each other meanwhile. A root that ends needs a new hierarchy.',
  },
  MESH4021: {
    severity: 'warning',
    text: 'the {what} in {file} is not valid at this time ({why}): proxies refuse every certificate that it signed',
    explanation:
      'The clock of this machine is wrong, or the root or issuer has ended or has not begun. Compare the clock first. Make a new issuer as for MESH4020.',
  },
});

/** Returns findings about the root and the issuer of an applied target that expire soon or aren't valid now. */
export function endingIssuers(
  spec: Spec,
  { trustDomain }: Ir,
  trust: Trust | undefined,
  targets: readonly string[],
  { reader, now }: { readonly reader: CertificateReader; readonly now: number },
): readonly Diagnostic[] {
  const location = locatePath(spec.mesh.value, ['spec', 'trustDomain']);
  const lives = targets.flatMap((target) => issuerLives(trust, target, reader, now));
  const each = new Map(lives.map((life) => [life.what, life]));
  const file = trustFilePath(trustDomain);
  return [...each.values()].flatMap((life) => {
    const { what, state } = life;
    if (state === 'good') return [];
    if (state === 'due' || state === 'near') {
      const { expires, daysLeft } = life;
      const left = `in ${String(daysLeft)} days`;
      return [finding(messages, 'MESH4020', location, { what, file, expires: expires.slice(0, 10), left })];
    }
    return [finding(messages, 'MESH4021', location, { what, file, why: whyNot(life) })];
  });
}

function whyNot({ state, expires }: IssuerLife): string {
  return state === 'early' ? 'it has not begun yet' : `it ended ${expires}`;
}
