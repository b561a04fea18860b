import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { certificateReader } from '../../src/adapters/certificate-reader.ts';
import { x509Signer } from '../../src/adapters/x509-signer.ts';
import type { ProxyEvidence, TargetEvidence } from '../../src/core/identity/rotation/evidence.ts';
import { whoNeeds } from '../../src/core/identity/rotation/who-needs.ts';
import { signingIssuer, type Trust } from '../../src/core/identity/trust-file.ts';
import { workloadIssuer } from '../../src/core/identity/workload-issuer.ts';
import { servedEvidence } from '../../src/core/run/observe-trust.ts';
import { askTrust } from '../../src/core/targets/envoy/delivery/ask-trust.ts';
import { readMaterial } from '../../src/core/targets/material-form.ts';
import type { AdminAnswer } from '../../src/ports/proxy-admin.ts';
import { certificatesConfig } from '../core/identity/made-hierarchy.ts';
import { rotatedTrust } from '../core/identity/rotation/rotating.ts';
import { runCount } from './run-count.ts';
import { type Node, shakeHands } from './shake-hands.ts';

type Root = 'old' | 'new';

/** The real state of an Envoy, which its admin address and its listeners show unless it is silent. */
interface World {
  readonly isSilent: boolean;
  /**
   * `elsewhere`: another process took its address. `now`: it has just started, and hasn't read its files yet; what follows
   * is what it reads then.
   */
  readonly restarted: 'no' | 'elsewhere' | 'now';
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
/** The results of real handshakes of all pairs of nodes, by `nameOf` of server and client. */
const accepted = new Map<string, boolean>();
const bundlesOf: readonly (readonly Root[])[] = [['old'], ['new'], ['old', 'new']];
const nameOf = (bundle: readonly Root[], chain: Root): string => `${[...bundle].sort().join('+')} ${chain}`;

beforeAll(async () => {
  const { phases, keys } = await rotatedTrust('root', Date.now());
  trust = phases.find(({ phase }) => phase === 'DUAL_SIGN')!;
  const [old, coming] = trust.roots;
  roots = { old: old!.certificate, new: coming!.certificate };
  const pairOf = async (of: Trust) => {
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
    return readMaterial(made!.text)!;
  };
  const pairs = { old: await pairOf(phases[0]!), new: await pairOf(trust) };
  chains = { old: pairs.old.chain, new: pairs.new.chain };
  const nodes = bundlesOf.flatMap((bundle) =>
    (['old', 'new'] as const).map((chain): Node & { readonly name: string } => ({
      name: nameOf(bundle, chain),
      ca: bundle.map((one) => roots[one]).join(''),
      cert: pairs[chain].chain,
      key: pairs[chain].key,
    })),
  );
  for (const server of nodes)
    for (const client of nodes)
      accepted.set(`${server.name} | ${client.name}`, await shakeHands(server, client));
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
    return answered({
      node: { id: world.restarted === 'elsewhere' ? 'other' : 'a' },
      uptime_current_epoch: world.restarted === 'now' ? '0s' : '5s',
    });
  if (world.restarted === 'now') return answered(path === '/certs' ? { certificates: [] } : {});
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
          world.shown === undefined || world.isSilent || world.restarted === 'now'
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
    restarted: mostly<World['restarted']>('no', fc.constantFrom('elsewhere', 'now')),
    bundles: fc.array(fc.uniqueArray(root, { minLength: 1 }), { minLength: 1, maxLength: 2 }),
    loaded: mostly<readonly Root[]>(['new'], few),
    used: mostly<readonly Root[]>([], few),
    warming: mostly<readonly Root[]>([], few),
    shown: mostly<Root | undefined>('new', fc.option(root, { nil: undefined })),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Returns the certificates that a proxy may present. */
function presented({ loaded, used, shown }: World): readonly Root[] {
  return [...loaded, ...used, ...(shown === undefined ? [] : [shown])];
}

/** Returns true if some proxy presents a certificate of the old root to a proxy that trusts the old root. */
function usesOldRoot(all: readonly World[]): boolean {
  const presents = all.some((one) => presented(one).includes('old'));
  return presents && all.some(({ bundles }) => bundles.some((bundle) => bundle.includes('old')));
}

/** Returns true if two proxies shake hands by a certificate of the old root, as TLS itself decides. */
function shakesByOldRoot(all: readonly World[]): boolean {
  const nodes = all.flatMap((world) =>
    world.bundles.flatMap((bundle) =>
      presented(world).map((chain) => ({ name: nameOf(bundle, chain), chain })),
    ),
  );
  return nodes.some((server) =>
    nodes.some(
      (client) =>
        (server.chain === 'old' || client.chain === 'old') && accepted.get(`${server.name} | ${client.name}`),
    ),
  );
}

/** The record of a target: an apply reached the phase long ago, or just now, or an earlier phase; or there is none. */
type Recorded = 'settled' | 'just moved' | 'behind' | 'nothing';
/** `applied`: its proxies are the last of the world. */
type Other = 'never applied' | 'unreadable' | 'applied';

const now = Date.now();
const leafLife = 60_000;

/** Returns the evidence of both targets. */
async function targetsOf(
  all: readonly World[],
  record: Recorded,
  other: Other,
): Promise<readonly TargetEvidence[]> {
  const proxies = await Promise.all(all.map((world, i) => evidenceOf(world, `p${String(i)}`)));
  const reachedOf = (target: string, of: Recorded) => ({
    ...{ phase: trust.phase, roots: [], evidence: [] },
    since: new Date(of === 'just moved' ? now - 10_000 : 0).toISOString(),
    issuer:
      of === 'behind'
        ? trust.issuers.find((one) => one.target === target && one.root === trust.rotation!.old[0])!.id
        : signingIssuer(trust, target)!.id,
  });
  const cut = other === 'applied' ? Math.ceil(proxies.length / 2) : proxies.length;
  return [
    {
      target: 'local',
      isApplied: true,
      ...(record !== 'nothing' && { reached: reachedOf('local', record) }),
      proxies: proxies.slice(0, cut),
    },
    other === 'applied'
      ? {
          target: 'other',
          isApplied: true,
          reached: reachedOf('other', 'settled'),
          proxies: proxies.slice(cut),
        }
      : {
          ...{ target: 'other', isApplied: other === 'unreadable', proxies: [] },
          ...(other === 'unreadable' && { unseen: 'no right' }),
        },
  ];
}

const record = mostly<Recorded>('settled', fc.constantFrom('just moved', 'behind', 'nothing'));
const otherTarget = mostly<Other>('never applied', fc.constantFrom('unreadable', 'applied'));

describe('who needs a root', () => {
  test('TLS takes exactly the certificates whose root both sides trust', () => {
    expect(accepted.size).toBe(36);
    expect(accepted.get('old old | old old')).toBe(true);
    expect(accepted.get('new new | old old')).toBe(false);
    expect(accepted.get('new+old old | new+old new')).toBe(true);
  });

  test('is never answered with nobody while a handshake with the old root happens', async () => {
    const count = { nobody: 0, shakes: 0 };
    await fc.assert(
      fc.asyncProperty(worlds, record, otherTarget, async (all, recorded, other) => {
        const targets = await targetsOf(all, recorded, other);
        const old = trust.rotation!.old[0]!;
        const { state } = whoNeeds(trust, { root: old, targets, leafLife, now });
        if (state === 'met') count.nobody += 1;
        if (shakesByOldRoot(all)) {
          count.shakes += 1;
          expect(state).not.toBe('met');
        }
        if (usesOldRoot(all)) expect(state).not.toBe('met');
        if (all.some(({ isSilent, restarted }) => isSilent || restarted !== 'no'))
          expect(state).not.toBe('met');
        // Certificates that nobody here sees may be in use somewhere until the longest life is over.
        if (recorded !== 'settled' || other === 'unreadable') expect(state).not.toBe('met');
      }),
      { numRuns: runCount({ short: 500, long: 50_000 }) },
    );
    // Both answers have to be reached, or the property above would say nothing.
    expect(count.nobody).toBeGreaterThan(10);
    expect(count.shakes).toBeGreaterThan(50);
  });
});
