import type { Field } from '../../../import/field.ts';
import { pathName } from '../../../import/field.ts';
import { isWorkload } from '../../../import/kubernetes/workloads.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';

/** Annotations of a namespace or of pods that say how proxies treat calls. */
export interface ProxySettings {
  /** `config.linkerd.io/default-inbound-policy`. */
  readonly policy?: { readonly text: string; readonly field: Field };
  readonly opaque: Ports;
  readonly skipped: Ports;
}

/** Returns true for a port of a list. */
export type Ports = (port: number) => boolean;

/** The settings of namespaces, and of pods by `NAMESPACE/NAME` of their workload. */
export interface KnownSettings {
  readonly namespaces: ReadonlyMap<string, ProxySettings>;
  readonly workloads: ReadonlyMap<string, ProxySettings>;
}

const none: Ports = () => false;

/** Settings without an annotation. */
export const noSettings: ProxySettings = { opaque: none, skipped: none };

/** Returns true for an annotation that Linkerd reads. */
export function isLinkerds(name: string): boolean {
  return /^(?:[a-z0-9-]+\.)*linkerd\.io\//.test(name);
}

/** Reads the annotations of Namespaces, accounts and pods. */
export function readProxySettings(documents: readonly NativeDocument[], context: ReadContext): KnownSettings {
  const namespaces = new Map<string, ProxySettings>();
  const workloads = new Map<string, ProxySettings>();
  for (const document of documents) {
    const { root, kind, name } = document;
    const own = readAll(root.along('metadata', 'annotations'));
    if (kind === 'Namespace') namespaces.set(name, own);
    if (!isWorkload(document)) continue;
    const pods = templateOf(document);
    workloads.set(
      `${context.namespaceOf(document)}/${name}`,
      pods === root ? own : readAll(pods.along('metadata', 'annotations')),
    );
  }
  return { namespaces, workloads };
}

function templateOf({ root, kind }: NativeDocument): Field {
  if (kind === 'Pod') return root;
  return kind === 'CronJob'
    ? root.along('spec', 'jobTemplate', 'spec', 'template')
    : root.along('spec', 'template');
}

function readAll(annotations: Field): ProxySettings {
  let settings = noSettings;
  if (typeof annotations.value !== 'object' || annotations.value === null) return settings;
  for (const [name, field] of annotations.entries()) {
    if (!isLinkerds(name)) continue;
    const text = field.text() ?? '';
    if (name === 'config.linkerd.io/default-inbound-policy')
      settings = { ...settings, policy: { text, field } };
    else if (name === 'config.linkerd.io/opaque-ports') settings = { ...settings, opaque: portsOf(text) };
    else if (name === 'config.linkerd.io/skip-inbound-ports')
      settings = { ...settings, skipped: portsOf(text) };
    else readOther(name, text, field);
  }
  return settings;
}

/** Accounts for an annotation that no document says. */
function readOther(name: string, text: string, field: Field): void {
  if (name === 'linkerd.io/inject' && text === 'disabled')
    field.lost({
      callers:
        'these pods have no proxy in Linkerd; in the spec every workload has one, and its calls have an identity',
    });
  else if (name === 'config.linkerd.io/skip-outbound-ports')
    field.lost({
      callers: 'calls to these ports pass by the proxy in Linkerd, and take the routes of the spec',
    });
  else if (name === 'config.linkerd.io/access-log')
    field.lost({ callers: 'nothing; the proxies write no access log: write telemetry.accessLog' });
  else if (/timeout/.test(name)) field.lost({ callers: 'the times of these proxies are those of the spec' });
  else field.withoutEffect(`${pathName([name])} sets up proxies, and changes no call`);
}

/** Returns the ports of a list of numbers and ranges: `25,4190,8000-8010`. */
export function portsOf(text: string): Ports {
  const ranges = text.split(',').map((part) => {
    const [first = '', last = first] = part.trim().split('-');
    return [Number(first), Number(last)] as const;
  });
  return (port) => ranges.some(([first, last]) => port >= first && port <= last);
}
