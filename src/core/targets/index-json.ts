import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../source/location.ts';
import type { Artifact, Json } from './artifact.ts';
import type { Feature } from './feature.ts';
import { objectPath } from './object-path.ts';
import type { Proxy } from './target.ts';

/** A finding about something that the target cannot keep. */
export interface Loss {
  readonly feature: Feature;
  readonly diagnostic: Diagnostic;
}

/** What `index.json` is made of. */
export interface IndexContent {
  readonly target: string;
  readonly platform: string;
  readonly artifacts: readonly Artifact[];
  readonly loss: readonly Loss[];
  /** Absent for targets that start no proxies. */
  readonly proxies?: readonly Proxy[];
}

/** The text of `index.json`: what was compiled from where, what has to be bound, what is lost, which proxies to start. */
export function indexJson({ target, platform, artifacts, loss, proxies }: IndexContent): string {
  const content: Json = {
    formatVersion: '1.0',
    target,
    platform,
    artifacts: artifacts.flatMap((artifact) => (artifact.type === 'certificate' ? [] : [entry(artifact)])),
    requests: artifacts.flatMap((artifact) =>
      artifact.type === 'certificate'
        ? [
            {
              path: `secrets/current/${artifact.proxy}.json`,
              subject: artifact.subject,
              profile: artifact.profile,
              form: artifact.form,
            },
          ]
        : [],
    ),
    loss: loss.map(({ feature, diagnostic }) => ({
      code: diagnostic.code,
      feature,
      severity: diagnostic.severity,
      message: diagnostic.message,
      file: diagnostic.location.file,
      line: diagnostic.location.range.start.line,
    })),
    ...(proxies && { proxies: proxies.map((proxy) => ({ ...proxy, arguments: [...proxy.arguments] })) }),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function entry(artifact: Exclude<Artifact, { readonly type: 'certificate' }>): Json {
  const { kind, name, namespace } = artifact;
  const origins = artifact.origins.map(formatLine);
  const path = artifact.type === 'file' ? artifact.path : objectPath(artifact);
  return { path, kind, name, namespace, origins };
}

/** `file:line`, without the column. */
function formatLine(origin: Origin): string {
  return `${origin.file}:${String(origin.line)}`;
}
