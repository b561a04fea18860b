import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Feature } from '../ir/feature.ts';
import type { Origin } from '../location.ts';
import type { Artifact, CertificateRequest, Json } from './artifact.ts';
import { objectPath } from './object-path.ts';
import type { Proxy } from './proxy.ts';

/** A finding about a feature that the target can't support. */
export interface Loss {
  readonly feature: Feature;
  readonly diagnostic: Diagnostic;
}

/** Content of `index.json`. */
export interface IndexContent {
  readonly target: string;
  readonly platform: string;
  readonly artifacts: readonly Artifact[];
  readonly loss: readonly Loss[];
  /** Absent for targets that start no proxies. */
  readonly proxies?: readonly Proxy[];
}

/** The index as lines about artifacts: one for each source and for each certificate request. */
export interface IndexLines {
  readonly artifacts: readonly string[];
  readonly requests: readonly string[];
}

/**
 * Returns the text of `index.json`: the origin of each artifact, the certificates to bind, the losses, the proxies to
 * start.
 */
export function indexJson({ artifacts, ...about }: IndexContent): string {
  return indexText({ ...about, lines: indexLines(artifacts) });
}

/** Returns the lines of some artifacts, for an index that is made part by part. */
export function indexLines(artifacts: readonly Artifact[]): IndexLines {
  const lines = { artifacts: [] as string[], requests: [] as string[] };
  for (const artifact of artifacts) {
    if (artifact.type === 'certificate') lines.requests.push(JSON.stringify(request(artifact)));
    else lines.artifacts.push(JSON.stringify(entry(artifact)));
  }
  return lines;
}

/**
 * Returns `index.json` from the lines of all artifacts, with each entry on its own line, so that programs can search by
 * line.
 */
export function indexText({
  target,
  platform,
  lines,
  loss,
  proxies,
}: Omit<IndexContent, 'artifacts'> & { readonly lines: IndexLines }): string {
  const about = [
    `"formatVersion":"1.0"`,
    `"target":${JSON.stringify(target)}`,
    `"platform":${JSON.stringify(platform)}`,
    `"artifacts":${list(lines.artifacts)}`,
    `"requests":${list(lines.requests)}`,
    `"loss":${list(loss.map((one) => JSON.stringify(lost(one))))}`,
    ...(proxies === undefined ? [] : [`"proxies":${list(proxies.map((proxy) => JSON.stringify(proxy)))}`]),
  ];
  return `{\n${about.join(',\n')}\n}\n`;
}

function list(lines: readonly string[]): string {
  return lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n]`;
}

function request({ proxy, subject, profile, form }: CertificateRequest): Json {
  return { path: `secrets/current/${proxy}.json`, subject, profile, form };
}

function lost({ feature, diagnostic: { code, severity, message, location } }: Loss): Json {
  return { code, feature, severity, message, file: location.file, line: location.range.start.line };
}

function entry(artifact: Exclude<Artifact, { readonly type: 'certificate' }>): Json {
  const { kind, name, namespace } = artifact;
  const origins = artifact.origins.map(formatLine);
  const path = artifact.type === 'file' ? artifact.path : objectPath(artifact);
  return { path, kind, name, namespace, origins };
}

/** Returns `file:line`, without the column. */
function formatLine(origin: Origin): string {
  return `${origin.file}:${String(origin.line)}`;
}
