import type { CertificateReader } from '../../ports/certificate-reader.ts';
import type { Observed } from '../history/observed.ts';
import { leafSigners } from '../identity/leaf-signers.ts';
import type { LeafEvidence, ProxyEvidence, TargetEvidence } from '../identity/rotation/evidence.ts';
import type { Trust } from '../identity/trust-file.ts';
import type { OutputDriver } from '../outputs/output-driver.ts';
import { certificateRequests } from '../plan/certificate-actions.ts';
import type { WatchedProxy } from '../targets/acceptance.ts';
import type { Artifact } from '../targets/artifact.ts';
import type { AskingTrust, ServedAnswer, ServedTrust } from '../targets/served-trust.ts';
import type { Target } from '../targets/target.ts';

/** Proxies that are asked at the same time. */
const atOnce = 16;

/** A target whose proxies are asked for their trust. */
export interface TrustingTarget {
  readonly name: string;
  readonly target: Target;
  readonly output: Pick<OutputDriver, 'acceptance' | 'place' | 'trustObjects'>;
  readonly observed: Observed;
}

/**
 * Returns the evidence of a target: the trust that its last run recorded, and the trust that each proxy uses now. If
 * proxies can't be asked, the objects from which they take their trust are evidence, and the proxies stay unseen.
 */
export async function observeTrust(
  { name, target, output, observed }: TrustingTarget,
  trust: Trust,
  asking: AskingTrust,
): Promise<TargetEvidence> {
  const { current, state } = observed;
  const known = {
    target: name,
    isApplied: current !== undefined || state.epoch > 0,
    ...(state.trust && { reached: state.trust }),
  };
  if (current === undefined) return { ...known, proxies: [] };
  const ask = target.askTrust;
  if (ask === undefined) {
    const { artifacts } = current.snapshot;
    const showsPods =
      target.podTrust !== undefined &&
      output.trustObjects !== undefined &&
      certificateRequests(artifacts).some(({ profile }) => profile === 'authority');
    return {
      ...known,
      proxies: await objectsEvidence(output, artifacts, trust, asking.reader),
      ...(!showsPods && { unseen: `mesh can't ask the proxies of ${target.title} at ${output.place}` }),
    };
  }
  const { proxies, artifacts } = current.snapshot;
  const step = { revision: current.snapshot, versions: current.versions };
  const watched = output.acceptance(target).watched(step, new Set(), current.snapshot, () => true);
  const addresses = new Map(proxies.map(({ id, inbound }) => [id, Object.values(inbound)]));
  const owners = new Set(certificateRequests(artifacts).map(({ proxy }) => proxy));
  const found: ProxyEvidence[] = [];
  const one = async ({ id, admin, node }: WatchedProxy): Promise<ProxyEvidence> => {
    const inbound = addresses.get(id) ?? [];
    const proxy = { admin, node, inbound, hasCertificate: owners.has(id) };
    const answer = await ask(proxy, trust.trustDomain, asking);
    return servedEvidence(id, answer, trust, asking.reader);
  };
  for (let i = 0; i < watched.length; i += atOnce)
    found.push(...(await Promise.all(watched.slice(i, i + atOnce).map(one))));
  const asked = new Set(watched.map(({ id }) => id));
  const others = proxies.filter(({ id }) => !asked.has(id));
  return { ...known, proxies: [...found, ...others.map(({ id }) => ({ id, why: 'its bootstrap is lost' }))] };
}

/** Returns the evidence of each object that hands trust to proxies. */
async function objectsEvidence(
  output: Pick<OutputDriver, 'trustObjects'>,
  artifacts: readonly Artifact[],
  trust: Trust,
  reader: CertificateReader,
): Promise<readonly ProxyEvidence[]> {
  const roots = trust.roots.map(({ certificate }) => certificate);
  const objects = (await output.trustObjects?.(artifacts, roots)) ?? [];
  return objects.map((one): ProxyEvidence => {
    if (!('bundles' in one)) return one;
    const { id, bundles, certificates, hidden, restart } = one;
    const leaves = certificates.map((text) => authorityLeaf(text, trust, reader));
    const stranger = leaves.find(({ issuer }) => issuer === undefined);
    if (stranger !== undefined)
      return {
        id,
        lacks: `its issuer ${stranger.fingerprint.slice(0, 16)} is none of the trust file: mesh apply writes the right one`,
      };
    return {
      id,
      seen: {
        bundles: bundles.map((text) => fingerprints(text, reader)),
        leaves,
        ...(hidden && {
          hidden: {
            ...(hidden.bundles !== undefined && { bundles: hidden.bundles }),
            ...(hidden.certificates !== undefined && { leaves: hidden.certificates }),
          },
        }),
      },
      ...(restart !== undefined && { restart }),
    };
  });
}

/** Returns the certificate of an authority as a certificate in use, which counts as signed by its own issuer. */
function authorityLeaf(text: string, trust: Trust, reader: CertificateReader): LeafEvidence {
  const [facts] = reader.certificates(text) ?? [];
  if (facts === undefined) return { fingerprint: 'that can not be read', expires: 0 };
  const { fingerprint, notAfter: expires } = facts;
  const issuer = trust.issuers.find(({ id }) => id === fingerprint);
  return { fingerprint, expires, ...(issuer !== undefined && { issuer: fingerprint, root: issuer.root }) };
}

function fingerprints(text: string, reader: CertificateReader): readonly string[] {
  return (reader.certificates(text) ?? []).map(({ fingerprint }) => fingerprint);
}

/** Returns the evidence of a proxy from its answer: roots and issuers by their `id` in the trust file. */
export function servedEvidence(
  id: string,
  answer: ServedAnswer,
  trust: Trust,
  reader: CertificateReader,
): ProxyEvidence {
  return answer.state === 'unseen'
    ? { id, why: answer.why }
    : { id, seen: seenTrust(answer.trust, trust, reader) };
}

function seenTrust(
  { bundles, chains }: ServedTrust,
  trust: Trust,
  reader: CertificateReader,
): NonNullable<ProxyEvidence['seen']> {
  const roots = trust.roots.flatMap(({ certificate }) => reader.certificates(certificate) ?? []);
  const leaves = chains.flatMap((text): readonly LeafEvidence[] => {
    const chain = reader.certificates(text) ?? [];
    const [leaf] = chain;
    if (leaf === undefined) return [{ fingerprint: 'that can not be read', expires: 0 }];
    const signers = leafSigners(reader, chain, roots);
    // A certificate of another authority, for the clients of a gateway, is no part of the mesh.
    const isOurs = leaf.uris.some((uri) => uri.startsWith(`spiffe://${trust.trustDomain}/`));
    if (signers.root === undefined && !isOurs) return [];
    const isKnown = trust.issuers.some(({ id }) => id === signers.issuer);
    const { issuer, root } = signers;
    return [
      {
        fingerprint: leaf.fingerprint,
        expires: leaf.notAfter,
        ...(root !== undefined && { root }),
        ...(isKnown && issuer !== undefined && { issuer }),
      },
    ];
  });
  return {
    bundles: bundles.map((text) => fingerprints(text, reader)),
    leaves,
  };
}
