import type { Field } from '../field.ts';
import type { KnownWorkload } from '../inventory.ts';
import type { NativeDocument } from '../native-document.ts';
import { type LeavesAnnotation, readAnnotations, readHeader } from './metadata.ts';

/** Pods of one template, with the cursors that a Service takes its account and ports from. */
export interface PodTemplate extends KnownWorkload {
  /** Numbers of the containers' ports by name. */
  readonly ports: ReadonlyMap<string, number>;
  readonly accountField: Field;
}

/** Kinds with a pod template, by API group, and the way from the object to the template. */
const templates: Readonly<Record<string, readonly string[]>> = {
  '/Pod': [],
  '/ReplicationController': ['spec', 'template'],
  'apps/Deployment': ['spec', 'template'],
  'apps/StatefulSet': ['spec', 'template'],
  'apps/DaemonSet': ['spec', 'template'],
  'apps/ReplicaSet': ['spec', 'template'],
  'extensions/Deployment': ['spec', 'template'],
  'batch/Job': ['spec', 'template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
  'argoproj.io/Rollout': ['spec', 'template'],
};

const why = 'the mesh does not manage how pods run';

/** Returns true for an object with a pod template. */
export function isWorkload({ group, kind }: NativeDocument): boolean {
  return Object.hasOwn(templates, `${group}/${kind}`);
}

/** Reads the labels, the account and the ports of pods; everything else stays with the object. */
export function readWorkload(
  document: NativeDocument,
  namespace: string,
  leaves?: LeavesAnnotation,
): PodTemplate {
  const { root, group, kind, name } = document;
  readHeader(document, leaves);
  root.at('spec').withoutEffect(why);
  const way = templates[`${group}/${kind}`] ?? [];
  const template = root.along(...way);
  const metadata = template.at('metadata');
  if (way.length > 0) {
    metadata.withoutEffect(why);
    readAnnotations(metadata.at('annotations'), leaves);
  }
  const accountField = template.along('spec', 'serviceAccountName');
  const account = accountOf(accountField) ?? accountOf(template.along('spec', 'serviceAccount')) ?? '';
  const ports = new Map<string, number>();
  for (const port of containerPorts(template.at('spec'))) {
    const named = port.at('name').text();
    const number = port.at('containerPort').number();
    if (named !== undefined && number !== undefined) ports.set(named, number);
  }
  return {
    namespace,
    name,
    labels: metadata.at('labels').labels() ?? {},
    serviceAccount: account === '' ? 'default' : account,
    ports,
    accountField,
  };
}

/** Returns the name of a ServiceAccount, a DNS subdomain. */
function accountOf(field: Field): string | undefined {
  const name = field.text();
  if (name === undefined || /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?)?$/.test(name)) return name;
  field.malformed('the name of a ServiceAccount');
  return undefined;
}

function containerPorts(spec: Field): readonly Field[] {
  return [...spec.at('containers').items(), ...spec.at('initContainers').items()].flatMap((container) =>
    container.at('ports').items(),
  );
}
