import { defined, unlessEmpty } from '../../../import/defined.ts';
import { durationText } from '../../../import/duration-text.ts';
import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { OutlierDetection, ServiceSpec } from '../../../spec/types.gen.ts';
import { isLinkerds } from './proxy-annotations.ts';
import { isCallAnnotation, readCallSettings } from './retry-annotations.ts';

const accrual = 'balancer.linkerd.io/failure-accrual';

/** Reads the annotations of a Kubernetes Service: times, retries and the ejection of instances. */
export function readServiceSettings(document: NativeDocument, context: ReadContext): readonly ReadDocument[] {
  const namespace = context.namespaceOf(document);
  const annotations = document.root.along('metadata', 'annotations');
  if (typeof annotations.value !== 'object' || annotations.value === null) return [];
  const calls = readCallSettings(annotations);
  const outlierDetection = readEjection(annotations);
  for (const [name, field] of annotations.entries())
    if (isLinkerds(name) && !isCallAnnotation(name) && !name.startsWith(accrual)) readOther(name, field);
  const spec: Partial<ServiceSpec> = { ...calls, ...defined({ outlierDetection }) };
  if (unlessEmpty(spec) === undefined) return [];
  const { name } = document;
  return [{ kind: 'Service', namespace, name, spec, from: [annotations], beside: `${namespace}/${name}` }];
}

function readOther(name: string, field: Field): void {
  if (name === 'config.linkerd.io/opaque-ports' || name === 'linkerd.io/inject') field.text();
  else if (name.startsWith('balancer.'))
    field.lost({
      callers: 'instances are chosen by the fewest requests, and failures count as the spec says',
    });
  else field.withoutEffect('it changes no call');
}

/** Reads the ejection of instances after failures in a row. */
export function readEjection(annotations: Field): OutlierDetection | undefined {
  const mode = annotations.at(accrual);
  const at = (name: string): Field => annotations.at(`${accrual}-consecutive-${name}`);
  const [failures, min, max] = [at('max-failures'), at('min-penalty'), at('max-penalty')];
  at('jitter-ratio').lost({ callers: 'instances come back after the same time' });
  const kind = mode.text();
  const [count, base] = [failures.text(), min.text()];
  if (kind === undefined) {
    for (const field of [failures, min, max]) field.withoutEffect('nothing turns the ejection on');
    return undefined;
  }
  if (kind !== 'consecutive')
    mode.differently({
      callers: 'failures in a row put an instance out, not the share of answers that fail',
    });
  max.differently({
    callers: 'each further time an instance is out adds the first time; Linkerd doubles it up to this limit',
  });
  return {
    consecutive5xx: /^\d{1,6}$/.test(count ?? '') ? Number(count) : 7,
    baseEjectionTime: durationText(base ?? '1s') ?? '1s',
    maxEjectionPercent: '100%',
  };
}
