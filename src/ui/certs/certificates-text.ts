import type { CertificateList } from '../../core/identity/standings/certificate-list.ts';
import type { CertificateStanding } from '../../core/identity/standings/certificate-standing.ts';
import { needsCare } from '../../core/identity/standings/certificate-standing.ts';
import { firstToEnd } from '../../core/identity/standings/first-to-end.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import { beside, isNarrow } from '../beside.ts';
import type { Palette } from '../palette.ts';
import { quantity } from '../quantity.ts';
import { wrap } from '../wrap.ts';
import { wrapLines } from '../wrap-lines.ts';
import { lifeText } from './life-text.ts';

/** Returns the certificates for people: the answer, the first that breaks, then two lines for each certificate. */
export function certificatesText(list: CertificateList, colours: Palette, columns: number): string {
  const { trustDomain, now, certificates, fails } = list;
  const bad = certificates.filter(fails).length;
  const due = certificates.filter((one) => one.state === 'due' && !fails(one)).length;
  const unseen = certificates.filter(({ state }) => state === 'unseen').length;
  const counts = [
    quantity(certificates.length, 'certificate'),
    bad === 0 ? '' : colours.error(`${quantity(bad, 'needs', 'need')} care`),
    due === 0 ? '' : colours.warning(quantity(due, 'is due', 'are due')),
    unseen === 0 ? '' : `${unseen} unseen`,
    bad + due + unseen === 0 ? colours.added('all good') : '',
  ].filter((part) => part !== '');
  const first = firstToEnd(certificates);
  const names = new Map(
    certificates.flatMap(({ kind, name, fingerprint }) =>
      fingerprint === undefined || kind === 'workload' || kind === 'listener' ? [] : [[fingerprint, name]],
    ),
  );
  return [
    `${wrapLines(`${colours.strong(`Trust domain ${escapeControl(trustDomain)}`)}: ${counts.join(', ')}`, columns)}\n`,
    ...(first === undefined
      ? []
      : [
          filled(
            `breaks first: ${first.name}${place(first)}, which ${ending(first, now)}: ${first.breaks}`,
            columns,
            2,
          ),
        ]),
    '\n',
    ...certificates.flatMap((one) => [
      `${beside(`  ${mark(one, fails(one), colours)}  ${one.kind}`, 12 + one.kind.length, escapeControl(`${one.name}${place(one)}`), { indent: nameColumn, columns })}\n`,
      filled(
        `${lifeText(one, now)}${trustText(one, names)}`,
        columns,
        isNarrow({ indent: nameColumn, columns }) ? 6 : indent,
      ),
    ]),
  ].join('');
}

const indent = 21;

/** The column at which the name of a certificate begins. */
const nameColumn = 23;

function filled(text: string, columns: number, depth: number): string {
  const space = ' '.repeat(depth);
  const lines = wrap(escapeControl(text), Math.max(20, columns - depth)).split('\n');
  return `${lines.map((line) => `${space}${line}`).join('\n')}\n`;
}

function mark(one: CertificateStanding, failed: boolean, colours: Palette): string {
  const word = one.state.padEnd(8);
  if (failed || needsCare(one)) return colours.error(word);
  return one.state === 'good' ? colours.added(word) : colours.warning(word);
}

function place({ proxy, target, file, kind }: CertificateStanding): string {
  if (kind === 'root' || kind === 'issuer' || kind === 'federated') return '';
  const owner = proxy ?? file;
  return ` (${[owner, target].filter((part) => part !== undefined).join(' of ')})`;
}

function ending(one: CertificateStanding, now: number): string {
  const isDated = one.detail === undefined && (one.expires !== undefined || one.state === 'early');
  return isDated ? lifeText(one, now) : `is ${lifeText(one, now)}`;
}

function trustText(
  { kind, chain, trusted, fingerprint, detail }: CertificateStanding,
  names: ReadonlyMap<string, string>,
): string {
  const own = fingerprint === undefined ? '' : `; SHA-256 ${fingerprint.slice(0, 16)}`;
  if (kind === 'root' || kind === 'federated' || fingerprint === undefined) return own;
  const above = chain.map((one) => names.get(one) ?? `certificate ${one.slice(0, 16)}`).join(', ');
  const signed = above === '' ? '' : `, signed by ${above}`;
  return `${own}${signed}${trusted === false && detail === undefined ? ', which the mesh does not trust' : ''}`;
}
