import type { CertificateFacts } from '../../../../ports/certificate-reader.ts';
import { jsonRecord } from '../../../lib/json-record.ts';
import type { Json } from '../../artifact.ts';
import type { AskTrust, ServedAnswer } from '../../served-trust.ts';
import { secretsInDump } from './secrets-in-dump.ts';
import { serverInfo, serverInfoPath } from './server-info.ts';

/** Milliseconds to wait for one answer. */
const answerWithin = 6_000;

const active = '/config_dump?resource=dynamic_active_secrets';
const warming = '/config_dump?resource=dynamic_warming_secrets';

/**
 * Asks an Envoy for its trust in three ways, which have to agree: the secrets that it has loaded (`/config_dump`, with
 * the versions of `sds.*.version_text`), the certificates that its TLS contexts use (`/certs`), and the chain that each
 * inbound listener shows in a handshake. `/certs` alone would not do: of a SPIFFE validator it has the first root only.
 */
export const askTrust: AskTrust = async (proxy, trustDomain, { admin, servedChain, reader }) => {
  const { admin: address, node, inbound, hasCertificate } = proxy;
  const paths = [serverInfoPath, active, warming, '/certs'] as const;
  const answers = await Promise.all(paths.map((path) => admin.get(address, path, answerWithin)));
  const [about, loaded, pending, used] = answers.map((one) =>
    one.state === 'answered' ? one.body : undefined,
  );
  if (about === undefined || loaded === undefined || pending === undefined || used === undefined)
    return unseen(`its admin address ${address} does not answer`);
  const info = serverInfo(about);
  if (info === undefined || (node !== undefined && info.node !== node))
    return unseen(`another process answers at its admin address ${address}`);
  const secrets = secretsInDump(loaded, trustDomain);
  const next = secretsInDump(pending, trustDomain);
  if (secrets === undefined || next === undefined)
    return unseen('its secrets are in a form that is not known');
  if (next.chains.length + next.bundles.length > 0) return unseen('it has not loaded all of its secrets yet');
  if (hasCertificate && (secrets.chains.length === 0 || secrets.bundles.length === 0))
    return unseen('it has not loaded a certificate and a bundle of the mesh');
  const leaves = secrets.chains.map((chain) => reader.certificates(chain)?.[0]);
  const mesh = `spiffe://${trustDomain}/`;
  if (contextsInUse(used).some((one) => one.uri.startsWith(mesh) && !leaves.some((leaf) => isOf(one, leaf))))
    return unseen('it still uses another certificate than the one that it has loaded');
  const chains = [...secrets.chains];
  for (const listener of inbound) {
    // A port without mTLS shows no certificate, or one of the application.
    const shown = await servedChain(listener, answerWithin);
    const leaf = shown.state === 'served' ? reader.certificates(shown.chain)?.[0] : undefined;
    const isNew = leaf !== undefined && leaves.every((one) => one?.fingerprint !== leaf.fingerprint);
    if (isNew && shown.state === 'served' && leaf.uris.some((uri) => uri.startsWith(mesh)))
      chains.push(shown.chain);
  }
  return { state: 'seen', trust: { bundles: secrets.bundles, chains } };
};

/** A certificate that a TLS context uses, as `/certs` shows it (envoy.admin.v3.CertificateDetails). */
interface UsedCertificate {
  /** Empty if the certificate has no URI. */
  readonly uri: string;
  /** ms since the epoch. */
  readonly from: number;
  readonly until: number;
}

function contextsInUse(body: string): readonly UsedCertificate[] {
  const contexts = list(jsonRecord(JSON.parse(body) as Json)['certificates']);
  const used = contexts.flatMap((context) => list(jsonRecord(context)['cert_chain'])).map(jsonRecord);
  return used.map((one) => {
    const uri = list(one['subject_alt_names']).flatMap((name) => jsonRecord(name)['uri'] ?? [])[0];
    const time = (value: Json | undefined): number => Date.parse(typeof value === 'string' ? value : '');
    return {
      uri: typeof uri === 'string' ? uri : '',
      from: time(one['valid_from']),
      until: time(one['expiration_time']),
    };
  });
}

function isOf({ uri, from, until }: UsedCertificate, leaf: CertificateFacts | undefined): boolean {
  return leaf?.uris.includes(uri) === true && leaf.notBefore === from && leaf.notAfter === until;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function unseen(why: string): ServedAnswer {
  return { state: 'unseen', why };
}
