import { jsonRecord } from '../../../lib/json-record.ts';
import type { Json } from '../../artifact.ts';

/** The secrets of an Envoy that belong to a mesh, all PEM. */
export interface DumpedSecrets {
  /** The roots of one trust domain, once for each bundle; empty for a bundle whose file is missing. */
  readonly bundles: readonly string[];
  /** Chains of certificates, leaf first. */
  readonly chains: readonly string[];
}

/**
 * Reads `/config_dump?resource=dynamic_…_secrets` (envoy.admin.v3.SecretsConfigDump.DynamicSecret); Envoy leaves private
 * keys out. Returns undefined for any other text.
 */
export function secretsInDump(body: string, trustDomain: string): DumpedSecrets | undefined {
  const dump = parsed(body);
  if (dump === undefined) return undefined;
  const configs = list(jsonRecord(dump)['configs']);
  const secrets = configs.map((config) => jsonRecord(jsonRecord(config)['secret']));
  return {
    bundles: secrets.flatMap((secret) => bundlesOf(secret['validation_context'], trustDomain)),
    chains: secrets.flatMap((secret) => {
      const chain = textOf(jsonRecord(secret['tls_certificate'])['certificate_chain']);
      return chain === undefined ? [] : [chain];
    }),
  };
}

function bundlesOf(context: Json | undefined, trustDomain: string): readonly string[] {
  const validator = jsonRecord(jsonRecord(context)['custom_validator_config']);
  const domains = list(jsonRecord(validator['typed_config'])['trust_domains']).map(jsonRecord);
  return domains
    .filter(({ name }) => name === trustDomain)
    .map(({ trust_bundle: bundle }) => textOf(bundle) ?? '');
}

/** Returns the text of an inline DataSource (envoy.config.core.v3). */
function textOf(source: Json | undefined): string | undefined {
  const text = jsonRecord(source)['inline_string'];
  return typeof text === 'string' ? text : undefined;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function parsed(body: string): Json | undefined {
  try {
    const value = JSON.parse(body) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
