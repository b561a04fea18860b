import { type CertificateStanding, needsCare } from '../identity/standings/certificate-standing.ts';
import { type Trust, trustFilePath } from '../identity/trust-file.ts';
import type { Ir } from '../ir/ir.ts';
import type { Check } from './check.ts';

/** Checks that the mesh has a trust file with an issuer for each target, and that no certificate has ended or ends soon. */
export function certificateChecks(
  { trustDomain, targets }: Ir,
  trust: Trust | undefined,
  standings: readonly CertificateStanding[],
): readonly Check[] {
  const name = 'certificates';
  const file = trustFilePath(trustDomain);
  const lives = [...standings.filter(isAuthority).map(life), ...leafChecks(standings)];
  if (trust === undefined)
    return [{ name, state: 'note', says: `there is no ${file} yet`, do: 'mesh certs init' }, ...lives];
  const missing = Object.keys(targets).filter(
    (target) => !trust.issuers.some((one) => one.target === target),
  );
  if (missing.length === 0) return lives;
  const says = `${file} has no issuer for ${missing.join(', ')}`;
  return [{ name, state: 'note', says, do: 'mesh certs init' }, ...lives];
}

function isAuthority({ kind }: CertificateStanding): boolean {
  return kind === 'root' || kind === 'issuer' || kind === 'federated';
}

function life({ kind, name, state, expires, detail, begins }: CertificateStanding): Check {
  const until = expires?.slice(0, 10) ?? '';
  const remedy = remedies[kind];
  switch (state) {
    case 'good':
      return { name, state: 'ok', says: `until ${until}` };
    case 'due':
    case 'near':
      return { name, state: 'note', says: `ends ${until}`, do: remedy };
    case 'early':
      return {
        name,
        state: 'fail',
        says: `is not valid before ${begins ?? ''}`,
        do: 'compare the clock of this machine first',
      };
    case 'expired':
    case 'wrong':
    case 'missing':
    case 'unseen':
      return { name, state: 'fail', says: detail ?? `ended ${until}`, do: remedy };
  }
}

/** The most certificates that a check names. */
const most = 5;

/** Returns a check for each target with certificates of proxies or listeners that need care. */
function leafChecks(standings: readonly CertificateStanding[]): readonly Check[] {
  const leaves = standings.filter((one) => !isAuthority(one) && one.state !== 'unseen');
  return [...new Set(leaves.map(({ target }) => target ?? ''))].flatMap((target): readonly Check[] => {
    const all = leaves.filter((one) => one.target === target);
    const bad = all.filter(needsCare);
    if (bad.length === 0) return [];
    const named = bad
      .slice(0, most)
      .map(({ name, proxy, file, ...one }) => `${proxy ?? file ?? ''} (${name}) ${faultOf(one)}`);
    const more = bad.length > most ? [`and ${String(bad.length - most)} more`] : [];
    return [
      {
        name: `certificates of ${target}`,
        state: bad.every(({ state }) => state === 'near') ? 'note' : 'fail',
        says: `${String(bad.length)} of ${String(all.length)} need care: ${[...named, ...more].join('; ')}`,
        do: remedies[bad[0]?.kind ?? 'workload'],
      },
    ];
  });
}

function faultOf({
  state,
  detail,
  expires,
}: Pick<CertificateStanding, 'state' | 'detail' | 'expires'>): string {
  if (state === 'near') return `ends ${expires ?? ''}`;
  return state === 'expired' ? `ended ${expires ?? ''}` : `is ${state}: ${detail ?? expires ?? ''}`;
}

const remedies: Readonly<Record<CertificateStanding['kind'], string>> = {
  root: 'mesh certs rotate root',
  issuer: 'mesh explain MESH4020 says how a new issuer is made',
  workload: 'mesh apply renews it',
  listener: 'renew the certificate file, or mesh apply if the mesh issues it',
  federated: 'ask that trust domain for its new bundle',
};
