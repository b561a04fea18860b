import type { CertificateFacts } from '../../../../ports/certificate-reader.ts';
import { jsonRecord } from '../../../lib/json-record.ts';
import type { Json } from '../../artifact.ts';
import type { AskingTrust, AskTrust, ServedAnswer, TrustingProxy } from '../../served-trust.ts';
import { secretsInDump } from './secrets-in-dump.ts';
import { serverInfo, serverInfoPath } from './server-info.ts';

/** Milliseconds to wait for one answer. */
const answerWithin = 6_000;

const activeSecrets = '/config_dump?resource=dynamic_active_secrets';
const warmingSecrets = '/config_dump?resource=dynamic_warming_secrets';

/**
 * Asks an Envoy for its trust in three ways, which have to agree: the secrets that it has loaded (`/config_dump`, with
 * the versions of `sds.*.version_text`), the certificates that its TLS contexts use (`/certs`), and the chain that each
 * inbound listener shows in a handshake. `/certs` alone is not enough: it shows only the first root of a SPIFFE
 * validator.
 */
export const askTrust: AskTrust = async (proxy, trustDomain, asking) => {
  const { admin: address, node, hasCertificate } = proxy;
  const answered = await bodies(address, asking);
  if (answered === undefined) return unseen(`its admin address ${address} does not answer`);
  const { about, loaded, pending, used } = answered;
  const info = serverInfo(about);
  if (info === undefined || (node !== undefined && info.node !== node))
    return unseen(`another process answers at its admin address ${address}`);
  const secrets = secretsInDump(loaded, trustDomain);
  const warming = secretsInDump(pending, trustDomain);
  const contexts = contextsInUse(used, `spiffe://${trustDomain}/`);
  if (secrets === undefined || warming === undefined || contexts === undefined)
    return unseen('its secrets are in a form that is not known');
  if (warming.chains.length + warming.bundles.length > 0)
    return unseen('it has not loaded all of its secrets yet');
  if (hasCertificate && (secrets.chains.length === 0 || secrets.bundles.length === 0))
    return unseen('it has not loaded a certificate and a bundle of the mesh');
  const leaves = secrets.chains.flatMap((chain) => asking.reader.certificates(chain)?.[0] ?? []);
  if (contexts.some((one) => !leaves.some((leaf) => isOf(one, leaf))))
    return unseen('it still uses another certificate than the one that it has loaded');
  const shown = await shownChains(proxy, `spiffe://${trustDomain}/`, leaves, asking);
  return { state: 'seen', trust: { bundles: secrets.bundles, chains: [...secrets.chains, ...shown] } };
};

/** Returns the answers of an admin address; undefined if one of them is missing. */
async function bodies(address: string, { admin }: AskingTrust) {
  const [about, loaded, pending, used] = await Promise.all(
    [serverInfoPath, activeSecrets, warmingSecrets, '/certs'].map(async (path) => {
      const answer = await admin.get(address, path, answerWithin);
      return answer.state === 'answered' ? answer.body : undefined;
    }),
  );
  if (about === undefined || loaded === undefined || pending === undefined || used === undefined)
    return undefined;
  return { about, loaded, pending, used };
}

/** Returns the chains of the mesh that listeners show although the proxy hasn't loaded them. */
async function shownChains(
  { inbound }: TrustingProxy,
  mesh: string,
  leaves: readonly CertificateFacts[],
  { servedChain, reader }: AskingTrust,
): Promise<readonly string[]> {
  const answers = await Promise.all(inbound.map((listener) => servedChain(listener, answerWithin)));
  return answers.flatMap((answer) => {
    // A port without mTLS shows no certificate, or one of the application.
    if (answer.state !== 'served') return [];
    const leaf = reader.certificates(answer.chain)?.[0];
    const isOurs = leaf?.uris.some((uri) => uri.startsWith(mesh)) === true;
    return isOurs && leaves.every(({ fingerprint }) => fingerprint !== leaf.fingerprint)
      ? [answer.chain]
      : [];
  });
}

/** A certificate that a TLS context uses, as `/certs` shows it (envoy.admin.v3.CertificateDetails). */
interface UsedCertificate {
  readonly uri: string;
  /** ms since the epoch. */
  readonly from: number;
  readonly until: number;
}

/** Returns the certificates of the mesh in `/certs`; undefined for a text of another form. */
function contextsInUse(body: string, mesh: string): readonly UsedCertificate[] | undefined {
  const certificates = parsed(body);
  if (certificates === undefined) return undefined;
  const used = list(certificates['certificates'])
    .flatMap((context) => list(jsonRecord(context)['cert_chain']))
    .map(jsonRecord);
  const time = (value: Json | undefined): number => Date.parse(typeof value === 'string' ? value : '');
  return used.flatMap((one) => {
    const names = list(one['subject_alt_names']).map((name) => jsonRecord(name)['uri']);
    const uri = names.find((name) => typeof name === 'string' && name.startsWith(mesh));
    return typeof uri === 'string'
      ? [{ uri, from: time(one['valid_from']), until: time(one['expiration_time']) }]
      : [];
  });
}

function parsed(body: string): Readonly<Record<string, Json | undefined>> | undefined {
  try {
    return jsonRecord(JSON.parse(body) as Json);
  } catch {
    return undefined;
  }
}

function isOf({ uri, from, until }: UsedCertificate, leaf: CertificateFacts): boolean {
  return leaf.uris.includes(uri) && leaf.notBefore === from && leaf.notAfter === until;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function unseen(why: string): ServedAnswer {
  return { state: 'unseen', why };
}
