import type { CertificateList } from '../../core/identity/standings/certificate-list.ts';
import type { CertificateStanding } from '../../core/identity/standings/certificate-standing.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import { xmlElement } from '../xml-element.ts';
import { lifeText } from './life-text.ts';

/** Returns JUnit XML: a test for each certificate, which fails if the certificate fails the command. */
export function certificatesJunit({ trustDomain, now, certificates, fails }: CertificateList): string {
  const failures = certificates.filter(fails).length;
  const skipped = certificates.filter(({ state }) => state === 'unseen').length;
  const sums = {
    tests: String(certificates.length),
    failures: String(failures),
    errors: '0',
    skipped: String(skipped),
    time: '0',
  };
  const cases = certificates.map((one) => certificateCase(one, trustDomain, fails(one), now));
  const suite = xmlElement('testsuite', { name: trustDomain, ...sums }, [`\n${cases.join('')}`], 1);
  const root = xmlElement('testsuites', { name: 'mesh certs status', ...sums }, [`\n${suite}`], 0);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

function certificateCase(
  one: CertificateStanding,
  trustDomain: string,
  failed: boolean,
  now: number,
): string {
  const { kind, name, proxy, target, state, breaks } = one;
  const message = lifeText(one, now);
  const text = escapeControl(`${name}: ${message}; ${breaks}`);
  const content = failed
    ? xmlElement('failure', { type: state, message }, [{ text }], 3)
    : state === 'unseen'
      ? xmlElement('skipped', { message }, [], 3)
      : xmlElement('system-out', {}, [{ text }], 3);
  const owner = [kind, name, proxy, target].filter((part) => part !== undefined).join(' ');
  return xmlElement('testcase', { name: owner, classname: trustDomain, time: '0' }, [`\n${content}`], 2);
}
