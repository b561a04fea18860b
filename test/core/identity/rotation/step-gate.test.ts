import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { decideStep, type StepRequest } from '../../../../src/core/identity/rotation/decide-step.ts';
import type { ProxyEvidence, TargetEvidence } from '../../../../src/core/identity/rotation/evidence.ts';
import type { GateItem } from '../../../../src/core/identity/rotation/gate.ts';
import { longestUse, stepGate } from '../../../../src/core/identity/rotation/step-gate.ts';
import { nextStep, steppedTrust } from '../../../../src/core/identity/rotation/steps.ts';
import { formatTrust, parseTrust, type Trust } from '../../../../src/core/identity/trust-file.ts';
import { passage, rotatedTrust } from './rotating.ts';

const since = Date.parse('2026-01-01T00:00:00.000Z');
const plain: StepRequest = { by: 'me', at: '2026-01-02T00:00:00.000Z', force: false, isCompromised: false };
const keyItem: GateItem = { target: '', who: 'root', kind: 'key', state: 'met', detail: 'it is stored' };

let phases: readonly Trust[];
let issuerPhases: readonly Trust[];

beforeAll(async () => {
  phases = (await rotatedTrust('root', Date.now())).phases;
  issuerPhases = (await rotatedTrust('issuer', Date.now())).phases;
});

const phase = (name: string, of = phases): Trust => of.find((trust) => trust.phase === name)!;

/** Returns a proxy that trusts and serves what a phase says. */
function proxyIn(trust: Trust, target: string, id = 'p1'): ProxyEvidence {
  const { rotation, roots, issuers } = trust;
  const isNew = trust.phase === 'DUAL_SIGN';
  const issuer = issuers
    .filter((one) => one.target === target)
    .find(({ id: own, root }) => (rotation!.new.includes(own) || rotation!.new.includes(root)) === isNew)!;
  const trusted = roots
    .map((root) => root.id)
    .filter((one) => trust.phase !== 'NEW_READY' || !rotation!.new.includes(one));
  return {
    id,
    seen: {
      bundles: [trusted],
      leaves: [{ fingerprint: 'f', root: issuer.root, issuer: issuer.id, expires: since + 1 }],
    },
  };
}

function targetIn(trust: Trust, target: string, changes: Partial<TargetEvidence> = {}): TargetEvidence {
  const reached = {
    ...{ phase: trust.phase, since: new Date(since).toISOString(), roots: [], evidence: [] },
    rotation: trust.rotation!.began,
  };
  return { target, isApplied: true, reached, proxies: [proxyIn(trust, target)], ...changes };
}

const late = (trust: Trust): number => since + longestUse(trust.rotation!);

function gate(trust: Trust, targets: readonly TargetEvidence[], now = late(trust), abort = false) {
  return stepGate(trust, nextStep(trust, abort)!, { targets, keys: [keyItem], now });
}

const both = (trust: Trust, changes: Partial<TargetEvidence> = {}): readonly TargetEvidence[] => [
  targetIn(trust, 'local', changes),
  targetIn(trust, 'other'),
];

describe('the gates of a rotation', () => {
  test('are met if every target has reached the phase and every proxy is seen in the phase', () => {
    for (const trust of [...phases, ...issuerPhases])
      if (trust.phase !== 'STEADY')
        expect(gate(trust, both(trust)), trust.phase).toMatchObject({ state: 'met' });
  });

  test('reissue waits for a verifier that lacks a root, and names it', () => {
    const trust = phase('DUAL_TRUST');
    const [old] = trust.rotation!.old;
    const proxies = [proxyIn(trust, 'local'), { id: 'p2', seen: { bundles: [[old!]], leaves: [] } }];
    const found = gate(trust, both(trust, { proxies }));
    expect(found.state).toBe('unmet');
    expect(found.items.filter(({ state }) => state !== 'met')).toMatchObject([
      { target: 'local', who: 'p2', kind: 'verifier', state: 'unmet' },
    ]);
  });

  test('drop waits for a certificate of the old root, and for the time in which others may live', () => {
    const trust = phase('DUAL_SIGN');
    const old = proxyIn(phase('DUAL_TRUST'), 'local', 'p2');
    expect(gate(trust, both(trust, { proxies: [old] })).state).toBe('unmet');
    const early = gate(trust, both(trust), late(trust) - 1);
    expect(early.items.filter(({ state }) => state !== 'met').map(({ kind }) => kind)).toEqual([
      'time',
      'time',
    ]);
    expect(gate(trust, both(trust), late(trust)).state).toBe('met');
  });

  test('drop of an issuer waits for its certificates, although the root stays', () => {
    const trust = phase('DUAL_SIGN', issuerPhases);
    const old = proxyIn(phase('NEW_READY', issuerPhases), 'local', 'p2');
    expect(gate(trust, both(trust, { proxies: [old] })).state).toBe('unmet');
  });

  test('a silent proxy and an unobserved target stay unseen, however much time passes', () => {
    const trust = phase('DUAL_TRUST');
    const silent = { proxies: [{ id: 'p2', why: 'it does not answer' }] };
    const far = late(trust) * 10;
    expect(gate(trust, both(trust, silent), far).state).toBe('unseen');
    expect(gate(trust, both(trust, { proxies: [], unseen: 'no observe' }), far).state).toBe('unseen');
    expect(gate(trust, [targetIn(trust, 'local')], far)).toMatchObject({ state: 'unseen' });
  });

  test('an object that lacks its trust is unmet, and a workload with older pods is unseen, with its command', () => {
    const lacking = { id: 'secret', lacks: 'it is not there' };
    const way = 'kubectl rollout restart deployment/web';
    for (const [name, hidden] of [
      ['DUAL_TRUST', { bundles: '1 of 2 pods' }],
      ['DUAL_SIGN', { leaves: '1 of 2 pods' }],
    ] as const) {
      const trust = phase(name);
      const { seen } = proxyIn(trust, 'local');
      const old = { id: 'web', seen: { ...seen!, hidden }, restart: way };
      const found = gate(trust, both(trust, { proxies: [lacking, old] }));
      const open = found.items.filter(({ state }) => state !== 'met');
      expect(open, name).toMatchObject([
        { who: 'secret', state: 'unmet', detail: 'it is not there' },
        { who: 'web', state: 'unseen', detail: '1 of 2 pods', way },
      ]);
      expect(open[0], name).not.toHaveProperty('way');
    }
    // A workload whose pods are all seen needs no restart.
    const trust = phase('DUAL_TRUST');
    const met = gate(trust, both(trust, { proxies: [{ ...proxyIn(trust, 'local'), restart: way }] }));
    expect(met.items.filter((one) => one.way !== undefined)).toEqual([]);
  });

  test('a target that has not applied the phase delays all targets', () => {
    for (const name of ['DUAL_TRUST', 'DUAL_SIGN']) {
      const trust = phase(name);
      const { reached: _, ...behind } = targetIn(trust, 'local');
      expect(gate(trust, [behind, targetIn(trust, 'other')]).state, name).toBe('unmet');
    }
  });

  test('abort is free until the new root has signed, then it waits like drop', () => {
    const trust = phase('DUAL_TRUST');
    expect(gate(trust, both(trust), since, true).state).toBe('met');
    const again = steppedTrust(
      phase('DUAL_SIGN'),
      nextStep(phase('DUAL_SIGN'), true)!,
      passage('DUAL_TRUST'),
    );
    expect(again).toMatchObject({ phase: 'DUAL_TRUST', rotation: { hasSigned: true } });
    expect(gate(again, both(again), since, true).state).toBe('unmet');
    const proxies = [proxyIn(phase('DUAL_SIGN'), 'local')];
    expect(gate(again, both(again, { proxies }), late(again), true).state).toBe('unmet');
    expect(gate(again, both(again), late(again), true).state).toBe('met');
  });
});

test('the last step of a compromised root, and no other step, records that it is distrusted', () => {
  const last = (all: readonly Trust[]): Trust => all.find((one) => one.phase === 'DUAL_SIGN')!;
  const dropped = (trust: Trust, isCompromised: boolean): Trust =>
    steppedTrust(
      { ...trust, rotation: { ...trust.rotation!, ...(isCompromised && { isCompromised }) } },
      nextStep(trust)!,
      passage('STEADY'),
    );
  const root = last(phases);
  const { old } = root.rotation!;
  expect(dropped(root, true).distrusted).toEqual(old);
  const earlier = 'a'.repeat(64);
  const twice = dropped({ ...root, distrusted: [earlier] }, true);
  expect(twice.distrusted).toEqual([earlier, ...old]);
  expect(parseTrust(formatTrust(twice), 'shop.example')).toEqual({ trust: twice });
  expect(dropped({ ...root, distrusted: [earlier] }, false).distrusted).toEqual([earlier]);
  expect(dropped(root, false)).not.toHaveProperty('distrusted');
  // A root still vouches for the certificates of an issuer that it signed.
  expect(dropped(last(issuerPhases), true)).not.toHaveProperty('distrusted');
  const written = JSON.stringify({ ...JSON.parse(formatTrust(twice)), distrusted: ['x'] });
  expect(parseTrust(written, 'shop.example')).toMatchObject({
    problem: expect.stringContaining('distrusted'),
  });
});

describe('the decision of a step', () => {
  const items = (state: GateItem['state'], kind: GateItem['kind'] = 'leaf') => ({
    state,
    items: [{ target: 'local', who: 'p1', kind, state, detail: '' }],
  });

  test('an attest passes unseen conditions with its reason and author, but neither seen facts nor time', () => {
    const attest = { ...plain, attest: 'I looked' };
    expect(decideStep(items('unseen'), 'DUAL_SIGN', plain).state).toBe('waiting');
    expect(decideStep(items('unseen'), 'DUAL_SIGN', attest)).toMatchObject({
      state: 'go',
      passage: { to: 'DUAL_SIGN', by: 'me', attested: 'I looked', open: ['local/p1'] },
    });
    expect(decideStep(items('unmet'), 'DUAL_SIGN', attest).state).toBe('waiting');
    expect(decideStep(items('unmet', 'time'), 'STEADY', attest).state).toBe('waiting');
  });

  test('force passes everything, and says what breaks', () => {
    const forced = { ...plain, force: true };
    expect(decideStep(items('unmet'), 'STEADY', forced)).toMatchObject({
      state: 'go',
      passage: { isForced: true },
      breaks: [{ who: 'p1' }],
    });
  });

  test('a compromised root waits for no time, and for a certificate that is seen to be old', () => {
    const tainted = { ...plain, isCompromised: true };
    expect(decideStep(items('unmet', 'time'), 'STEADY', tainted).state).toBe('go');
    expect(decideStep(items('unseen'), 'STEADY', tainted)).toMatchObject({
      state: 'go',
      breaks: [{ who: 'p1' }],
    });
    expect(decideStep(items('unmet'), 'STEADY', tainted).state).toBe('waiting');
  });

  test('no evidence with an unmet or unseen condition lets a step pass', () => {
    const state = fc.constantFrom('met', 'unmet', 'unseen');
    const kind = fc.constantFrom('verifier', 'leaf', 'target', 'key', 'time');
    const found = fc.array(
      fc.record({ target: fc.string(), who: fc.string(), kind, state, detail: fc.string() }),
    );
    fc.assert(
      fc.property(found as fc.Arbitrary<GateItem[]>, (all) => {
        const holds = all.some((one) => one.state !== 'met');
        expect(decideStep({ state: 'met', items: all }, 'STEADY', plain).state).toBe(
          holds ? 'waiting' : 'go',
        );
      }),
    );
  });
});

describe('the trust file of a rotation', () => {
  test('is read as it was written, in every phase', () => {
    for (const trust of [...phases, ...issuerPhases])
      expect(parseTrust(formatTrust(trust), 'shop.example')).toEqual({ trust });
  });

  test('is refused in a phase of a newer version, and without its rotation', () => {
    const newer = { ...phase('DUAL_TRUST'), phase: 'THIRD_TRUST' } as unknown as Trust;
    expect(parseTrust(formatTrust(newer), 'shop.example')).toMatchObject({ isNewer: true });
    const { rotation: _, ...rest } = phase('DUAL_TRUST');
    expect(parseTrust(formatTrust(rest), 'shop.example')).toMatchObject({
      problem: 'it is in the phase DUAL_TRUST and has no rotation that can be read',
    });
  });

  test.each<readonly [string, object, object, string]>([
    [
      'jumped',
      { phase: 'DUAL_SIGN' },
      {},
      'in the phase DUAL_SIGN, and the last gate that it records led to DUAL_TRUST',
    ],
    ['ended by hand', { phase: 'STEADY' }, {}, 'in the phase STEADY and has a rotation'],
    ['without gates', {}, { passed: [] }, 'led to none'],
    ['with a life beyond all times', {}, { leafLife: 1e300 }, 'no rotation that can be read'],
    ['that began at no time', {}, { began: 'soon' }, 'no rotation that can be read'],
  ])('is refused if it was edited: %s', (_, fields, parts, problem) => {
    const trust = phase('DUAL_TRUST');
    const edited = { ...trust, ...fields, rotation: { ...trust.rotation, ...parts } } as Trust;
    expect(parseTrust(formatTrust(edited), 'shop.example')).toEqual({
      problem: expect.stringContaining(problem) as string,
    });
  });
});
