import { type GateItem, itemName } from '../../core/identity/rotation/gate.ts';
import type { TrustPhase } from '../../core/identity/rotation/rotation.ts';
import type { RotationReport } from '../../core/identity/rotation/rotation-report.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import { jsonText } from '../json-text.ts';
import type { Palette } from '../palette.ts';

/** The effect of each phase, for people. */
const effects: Readonly<Record<Exclude<TrustPhase, 'STEADY'>, string>> = {
  NEW_READY: 'the new authority exists and its keys are stored; nothing trusts it yet',
  DUAL_TRUST: 'every verifier is to trust the old and the new root; the old one signs',
  DUAL_SIGN: 'the new authority signs; every certificate is to be issued again',
};

/** Returns the report of one run of a rotation for people. */
export function rotationText(report: RotationReport, colours: Palette): string {
  const { of, trustDomain, file, step, from, to, gate, open } = report;
  const way = `${from} → ${to} (${step})`;
  if (report.state === 'waiting')
    return [
      colours.warning(`waiting: ${way} of the ${of} of ${trustDomain}`),
      ...open.map((item) => itemLine(item, colours)),
      '',
      ...(step === 'prepare' ? signingLines(report) : []),
      ...(step === 'prepare'
        ? []
        : [
            ...wayLines(open),
            `Run it again once this is met. --attest "reason" answers for what is unseen; --force goes on nevertheless, and what is listed may break.`,
          ]),
      '',
    ].join('\n');
  const met = gate.items.filter(({ state }) => state === 'met').length;
  const { commit } = report;
  return [
    colours.strong(`the ${of} of ${trustDomain}: ${way}`),
    `  ${to === 'STEADY' ? steady(report.step) : effects[to]}`,
    ...(gate.items.length === 0 ? [] : [`  ${met} of ${gate.items.length} conditions are met`]),
    ...(open.length === 0 ? [] : [colours.warning('This may break:')]),
    ...open.map((item) => itemLine(item, colours)),
    ...wayLines(open),
    ...(report.isTainted ? taintedLines(of, report.restarts) : []),
    ...report.stored.map(({ what, place }) => `the key of ${what} is in ${escapeControl(place)}`),
    '',
    commit === undefined
      ? `Next: git add certificates && git commit -m "${stepMessage(report)}" -- certificates`
      : `committed ${commit.slice(0, 12)}; next:`,
    ...(step === 'prepare' ? [] : ['      mesh apply']),
    `      mesh certs rotate ${of}${to === 'STEADY' ? ' --plan says when the next one is due' : ''}`,
    '',
  ].join('\n');

  function steady(name: RotationReport['step']): string {
    return name === 'drop' ? `${file} has only the new ${of}` : `${file} has only the old ${of}`;
  }
}

/** Returns the message of the commit of a step. */
export function stepMessage({ of, trustDomain, to }: RotationReport): string {
  return `Rotate the ${of} of ${trustDomain}: ${to}`;
}

/** Returns the commands that may meet open conditions, each once. */
export function wayLines(open: readonly GateItem[]): readonly string[] {
  const ways = [...new Set(open.flatMap(({ way }) => way ?? []))];
  return ways.length === 0 ? [] : ['Restart:', ...ways.map((way) => `  ${escapeControl(way)}`)];
}

function signingLines({ of, trustDomain }: RotationReport): readonly string[] {
  return [
    `Have ${of === 'root' ? 'the new root' : 'the root'} sign each as an authority: CA true, pathLength 0, keyUsage keyCertSign and cRLSign, and the URI`,
    `name spiffe://${trustDomain}. Then put the certificate and the root into one file, and go on with:`,
    `  mesh certs rotate ${of} --certificate FILE`,
  ];
}

function taintedLines(of: RotationReport['of'], restarts: readonly string[] | undefined): readonly string[] {
  const isLast = restarts !== undefined;
  const rest = isLast ? 'Restart these after the apply' : 'After the last step restart what that step names';
  const ends =
    of === 'root'
      ? `${isLast ? 'This' : 'The last'} mesh apply ends every connection that the old key opened where proxies read files.`
      : 'The root still vouches for what the old issuer signed: rotate the root, too.';
  return [
    'The old key is compromised: time is not waited for.',
    'TLS checks certificates only when a connection opens.',
    ends,
    ...(isLast && restarts.length === 0
      ? []
      : [`${rest}, so that no connection that the old key opened stays${isLast ? ':' : '.'}`]),
    ...(restarts ?? []).map((one) => `  ${escapeControl(one)}`),
  ];
}

function itemLine(item: GateItem, colours: Palette): string {
  const state = item.state.padEnd(6);
  const name = escapeControl(itemName(item));
  return `  ${item.state === 'unmet' ? colours.error(state) : colours.warning(state)}  ${name}: ${escapeControl(item.detail)}`;
}

/** Returns the report in the shape of schemas/output/rotation.json. */
export function rotationJson({
  stored: _,
  ...report
}: RotationReport & { readonly stored?: object }): string {
  return jsonText({ formatVersion: '1.0', ...report });
}
