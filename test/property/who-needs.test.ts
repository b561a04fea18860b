import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { certificateReader } from '../../src/adapters/certificate-reader.ts';
import { x509Signer } from '../../src/adapters/x509-signer.ts';
import type { ProxyEvidence } from '../../src/core/identity/rotation/evidence.ts';
import { whoNeeds } from '../../src/core/identity/rotation/who-needs.ts';
import { signingIssuer, type Trust } from '../../src/core/identity/trust-file.ts';
import { workloadIssuer } from '../../src/core/identity/workload-issuer.ts';
import { servedEvidence } from '../../src/core/run/observe-trust.ts';
import { askTrust } from '../../src/core/targets/envoy/delivery/ask-trust.ts';
import { readMaterial } from '../../src/core/targets/material-form.ts';
import type { AdminAnswer } from '../../src/ports/proxy-admin.ts';
import { certificatesConfig } from '../core/identity/made-hierarchy.ts';
import { rotatedTrust } from '../core/identity/rotation/rotating.ts';

type Root = 'old' | 'new';

/** The real state of an Envoy, which its admin address and its listeners show unless it is silent. */
interface World {
  readonly isSilent: boolean;
  /** Another process took the address, for example after a restart elsewhere. */
  readonly isReplaced: boolean;
  /** Roots of each bundle. */
  readonly bundles: readonly (readonly Root[])[];
  /** Certificates in its secrets. */
  readonly loaded: readonly Root[];
  /** Certificates that its contexts still use although others are loaded. */
  readonly used: readonly Root[];
  /** A certificate that waits for its key. */
  readonly warming: readonly Root[];
  /** The certificate that its listener shows. */
  readonly shown: Root | undefined;
}

let trust: Trust;
let roots: Readonly<Record<Root, string>>;
let chains: Readonly<Record<Root, string>>;

beforeAll(async () => {
  const { phases, keys } = await rotatedTrust('root', Date.now());
  trust = phases.find(({ phase }) => phase === 'DUAL_SIGN')!;
  const [old, coming] = trust.roots;
  roots = { old: old!.certificate, new: coming!.certificate };
  const chainOf = async (of: Trust): Promise<string> => {
    const parts = { trust: of, target: 'local', certificates: certificatesConfig(), keys };
    const [made] = await workloadIssuer({ ...parts, signer: x509Signer, reader: certificateReader }).issue(
      [
        {
          type: 'certificate',
          kind: 'Certificate',
          name: 'a',
          namespace: '',
          origins: [],
          subject: 'spiffe://shop.example/ns/a/sa/a',
          profile: 'workload',
          form: 'envoy-sds',
          proxy: 'a',
        },
      ],
      new Date(of === trust ? Date.now() : Date.now() - 60_000),
    );
    return readMaterial(made!.text)!.chain;
  };
  chains = { old: await chainOf(phases[0]!), new: await chainOf(trust) };
});

/** The JSON of Envoy's admin interface, as Envoy 1.40 writes it. */
function answerOf(world: World, path: string): AdminAnswer {
  if (world.isSilent) return { state: 'silent' };
  const answered = (value: object): AdminAnswer => ({ state: 'answered', body: JSON.stringify(value) });
  const secrets = (of: readonly Root[]): object[] =>
    of.map((one) => ({
      secret: { tls_certificate: { certificate_chain: { inline_string: chains[one] } } },
    }));
  if (path === '/server_info')
    return answered({ node: { id: world.isReplaced ? 'other' : 'a' }, uptime_current_epoch: '5s' });
  if (path.includes('warming'))
    return answered(world.warming.length === 0 ? {} : { configs: secrets(world.warming) });
  if (path === '/certs')
    return answered({
      certificates: [...world.used, ...world.loaded].map((one) => {
        const [leaf] = certificateReader.certificates(chains[one])!;
        const iso = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');
        return {
          cert_chain: [
            {
              subject_alt_names: [{ uri: leaf!.uris[0] }],
              valid_from: iso(leaf!.notBefore),
              expiration_time: iso(leaf!.notAfter),
            },
          ],
        };
      }),
    });
  const bundle = (of: readonly Root[]): object => {
    const pem = of.map((one) => roots[one]).join('');
    const domains = [{ name: 'shop.example', trust_bundle: { inline_string: pem } }];
    const typed = { typed_config: { trust_domains: domains } };
    return { secret: { validation_context: { custom_validator_config: typed } } };
  };
  return answered({ configs: [...secrets(world.loaded), ...world.bundles.map(bundle)] });
}

async function evidenceOf(world: World, id: string): Promise<ProxyEvidence> {
  const answer = await askTrust(
    { admin: '127.0.0.1:1', node: 'a', inbound: ['127.0.0.1:2'], hasCertificate: true },
    'shop.example',
    {
      admin: { get: (_, path) => Promise.resolve(answerOf(world, path)) },
      servedChain: () =>
        Promise.resolve(
          world.shown === undefined || world.isSilent
            ? { state: 'unknown', why: 'nobody' }
            : { state: 'served', chain: chains[world.shown] },
        ),
      reader: certificateReader,
    },
  );
  return servedEvidence(id, answer, trust, certificateReader);
}

const root = fc.constantFrom<Root>('old', 'new');
/** Returns a generator of mostly the usual value, so that many meshes don't need the root any more. */
function mostly<T>(usual: T, others: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 7, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: others });
}

const few = fc.array(root, { maxLength: 2 });
const worlds = fc.array(
  fc.record({
    isSilent: mostly(false, fc.constant(true)),
    isReplaced: mostly(false, fc.constant(true)),
    bundles: fc.array(fc.uniqueArray(root, { minLength: 1 }), { minLength: 1, maxLength: 2 }),
    loaded: mostly<readonly Root[]>(['new'], few),
    used: mostly<readonly Root[]>([], few),
    warming: mostly<readonly Root[]>([], few),
    shown: mostly<Root | undefined>('new', fc.option(root, { nil: undefined })),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Returns true if some proxy presents a certificate of the old root to a proxy that trusts the old root. */
function usesOldRoot(all: readonly World[]): boolean {
  const presents = all.some(({ loaded, used, shown }) => [...loaded, ...used, shown].includes('old'));
  return presents && all.some(({ bundles }) => bundles.some((bundle) => bundle.includes('old')));
}

describe('who needs a root', () => {
  test('is never answered with nobody while a handshake with the old root happens', async () => {
    let nobody = 0;
    await fc.assert(
      fc.asyncProperty(worlds, async (all) => {
        const proxies = await Promise.all(all.map((world, i) => evidenceOf(world, `p${String(i)}`)));
        const since = new Date(0).toISOString();
        const reached = {
          ...{ phase: trust.phase, since, roots: [], evidence: [] },
          issuer: signingIssuer(trust, 'local')!.id,
        };
        const targets = [
          { target: 'local', isApplied: true, reached, proxies },
          { target: 'other', isApplied: false, proxies: [] },
        ];
        const old = trust.rotation!.old[0]!;
        const { state } = whoNeeds(trust, { root: old, targets, leafLife: 60_000, now: Date.now() });
        if (state === 'met') nobody += 1;
        if (usesOldRoot(all)) expect(state).not.toBe('met');
        if (all.some(({ isSilent, isReplaced }) => isSilent || isReplaced)) expect(state).not.toBe('met');
      }),
      { numRuns: 500 },
    );
    // The answer "nobody" has to be reached, too, or the property above would say nothing.
    expect(nobody).toBeGreaterThan(10);
  });
});
