import { describe, expect, test } from 'vitest';
import { certificateReader } from '../../src/adapters/certificate-reader.ts';
import { x509Signer } from '../../src/adapters/x509-signer.ts';
import { nextStep, steppedTrust } from '../../src/core/identity/rotation/steps.ts';
import { changeProblem } from '../../src/core/identity/rotation/trust-change.ts';
import { signingIssuer, type Trust, trustBundle, trustedRoots } from '../../src/core/identity/trust-file.ts';
import { workloadIssuer } from '../../src/core/identity/workload-issuer.ts';
import { readMaterial } from '../../src/core/targets/material-form.ts';
import { certificatesConfig, type Keys } from '../core/identity/made-hierarchy.ts';
import { passage, rotatedTrust } from '../core/identity/rotation/rotating.ts';
import { type Node, shakeHands } from './shake-hands.ts';

/** Returns proxies in the middle of a step, each with the bundle of one phase and the certificate of another. */
async function nodesBetween(phases: readonly Trust[], keys: Keys): Promise<readonly Node[]> {
  const pairs: { readonly cert: string; readonly key: string }[] = [];
  for (const trust of phases) {
    const certificates = certificatesConfig();
    const parts = { trust, target: 'local', certificates, signer: x509Signer, reader: certificateReader };
    const request = {
      type: 'certificate' as const,
      kind: 'Secret',
      name: 'a',
      namespace: '',
      origins: [],
      subject: 'spiffe://shop.example/ns/a/sa/a',
      profile: 'workload' as const,
      form: 'envoy-sds' as const,
      proxy: 'a',
    };
    const [material] = await workloadIssuer({ ...parts, keys }).issue([request], new Date());
    const { chain, key } = readMaterial(material!.text)!;
    pairs.push({ cert: chain, key });
  }
  return phases.flatMap((trust) => pairs.map((pair) => ({ ca: trustBundle(trust), ...pair })));
}

async function allShakeHands(nodes: readonly Node[]): Promise<boolean> {
  for (const server of nodes)
    for (const client of nodes) if (!(await shakeHands(server, client))) return false;
  return true;
}

function inForce(trust: Trust) {
  return {
    trusted: new Set(trustedRoots(trust).map(({ id }) => id)),
    signers: new Set([signingIssuer(trust, 'local')!.root]),
  };
}

describe.each(['root', 'issuer'] as const)('the rotation of a %s, with real handshakes', (of) => {
  const made = rotatedTrust(of, Date.now());

  test('proxies in adjacent phases accept each other in every mixture of old and new parts', async () => {
    const { phases, keys } = await made;
    expect(phases.map(({ phase }) => phase)).toEqual(
      of === 'root'
        ? ['STEADY', 'NEW_READY', 'DUAL_TRUST', 'DUAL_SIGN', 'STEADY']
        : ['STEADY', 'NEW_READY', 'DUAL_SIGN', 'STEADY'],
    );
    for (const [i, trust] of phases.slice(1).entries())
      expect(await allShakeHands(await nodesBetween([phases[i]!, trust], keys)), trust.phase).toBe(true);
  });

  test('an abort leads to a phase whose proxies accept those of the phase before', async () => {
    const { phases, keys } = await made;
    for (const trust of phases.slice(1, -1)) {
      const back = steppedTrust(trust, nextStep(trust, true)!, passage('STEADY'));
      expect(await allShakeHands(await nodesBetween([trust, back], keys)), trust.phase).toBe(true);
    }
  });

  test('changeProblem allows a change exactly if all pairings shake hands', async () => {
    const { phases, keys } = await made;
    for (const before of phases)
      for (const after of phases) {
        const works = await allShakeHands(await nodesBetween([before, after], keys));
        const problem = changeProblem(inForce(before), inForce(after));
        expect(problem === undefined, `${before.phase} to ${after.phase}: ${problem}`).toBe(works);
      }
  });
});
