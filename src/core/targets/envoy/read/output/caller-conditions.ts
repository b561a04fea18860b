import { isDnsLabel } from '../../../../import/dns-label.ts';
import type { Field } from '../../../../import/field.ts';
import type { Principal } from '../../../../spec/types.gen.ts';
import { hole } from './forms.ts';
import { quoted } from './operations.ts';
import type { Reading } from './reading.ts';

/** Reads an expression for the identities of some callers. */
export function readCallers(reading: Reading, field: Field): readonly Principal[] {
  const { regex } = reading.take(field, { safe_regex: { regex: hole('regex') } });
  const text = regex.text() ?? '';
  if (text === 'spiffe://.+') return [{ authenticated: true }];
  const callers = alternativesOf(text).map((one) => callerOf(one, reading.trustDomain));
  if (callers.some((one) => one === undefined)) reading.report(regex, 'identities of callers');
  return callers.flatMap((one) => one ?? []);
}

/** Splits an expression at the bars that aren't escaped. */
function alternativesOf(text: string): readonly string[] {
  return text
    .replace(/\\./g, (escaped) => (escaped === '\\|' ? '\0' : escaped))
    .split('|')
    .map((one) => one.replaceAll('\0', '\\|'));
}

function callerOf(pattern: string, trustDomain: string): Principal | undefined {
  const any = '[^/]+';
  if (pattern.endsWith(any)) {
    const start = quoted(`spiffe://${trustDomain}/ns/`);
    const [, namespace = ''] = /^([a-z0-9-]+)\/sa\/$/.exec(pattern.slice(start.length, -any.length)) ?? [];
    return pattern.startsWith(start) && isDnsLabel(namespace) ? { namespace } : undefined;
  }
  const principal = pattern.replace(/\\(.)/g, '$1');
  return quoted(principal) === pattern && principal.startsWith('spiffe://') ? { principal } : undefined;
}
