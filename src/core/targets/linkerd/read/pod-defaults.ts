import type { KnownService, KnownWorkload } from '../../../import/inventory.ts';
import { anyone, type Callers } from './callers.ts';
import { readPolicyWord } from './default-policy.ts';
import { type KnownSettings, noSettings, type ProxySettings } from './proxy-annotations.ts';

/** The callers of ports without a Server. */
export interface DefaultCallers {
  readonly ofPod: (service: KnownService, pod: KnownWorkload) => Callers;
  /** Callers by the settings of the service's namespace. */
  readonly of: (service: KnownService) => Callers;
  /** Returns true for a port of a pod that takes calls past its proxy. */
  readonly isSkipped: (pod: KnownWorkload, port: number) => boolean;
  /** Returns true for a port of a pod that Linkerd passes on as bytes. */
  readonly isOpaque: (pod: KnownWorkload, port: number) => boolean;
  /** Namespaces whose policy no annotation says, so far. */
  readonly assumed: ReadonlySet<string>;
}

/** Linkerd's own default, unless its installation says another. */
const ofInstallation = anyone;

/** Returns the callers of ports without a Server, by the annotations of pods and namespaces. */
export function defaultCallers({ namespaces, workloads }: KnownSettings): DefaultCallers {
  const assumed = new Set<string>();
  const read = new Map<ProxySettings, Callers>();
  const callersOf = (settings: ProxySettings | undefined): Callers | undefined => {
    if (settings?.policy === undefined) return undefined;
    const known = read.get(settings) ?? readPolicyWord(settings.policy.text, settings.policy.field);
    read.set(settings, known);
    return known;
  };
  const settingsOf = ({ namespace, name }: KnownWorkload): readonly ProxySettings[] => {
    const [own, home] = [workloads.get(`${namespace}/${name}`), namespaces.get(namespace)];
    return [own ?? noSettings, home ?? noSettings];
  };
  return {
    of: ({ namespace }) => callersOf(namespaces.get(namespace)) ?? ofInstallation,
    ofPod({ namespace }, pod) {
      const said =
        callersOf(workloads.get(`${pod.namespace}/${pod.name}`)) ?? callersOf(namespaces.get(namespace));
      if (said === undefined) assumed.add(namespace);
      return said ?? ofInstallation;
    },
    isSkipped: (pod, port) => settingsOf(pod).some(({ skipped }) => skipped(port)),
    isOpaque: (pod, port) => settingsOf(pod).some(({ opaque }) => opaque(port)),
    assumed,
  };
}
