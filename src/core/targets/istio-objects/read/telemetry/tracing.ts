import { defined, unlessEmpty } from '../../../../import/defined.ts';
import type { Field } from '../../../../import/field.ts';
import { isToken } from '../../../../import/written-values.ts';
import type { ServiceTracing } from '../../../../spec/types.gen.ts';
import { readMode } from './access-log.ts';
import type { Providers } from './providers.ts';

type ReadTracing = Exclude<ServiceTracing, undefined>;

/** Reads `tracing`; null if no spans are sent, undefined if nothing is said of them that the language has. */
export function readTracing(list: Field, providers: Providers): ReadTracing | undefined {
  const [first, ...others] = list.items();
  for (const one of others) one.lost({ callers: 'the mesh itself takes the first entry alone' });
  if (first === undefined) return undefined;
  readMode(first.at('match'));
  first
    .at('useRequestIdForTraceSampling')
    .lost({ callers: 'the identifier of a request has no say in whether its trace is recorded' });
  first.at('enableIstioTags').lost({ callers: 'spans have the attributes that proxies give them' });
  first
    .at('disableContextPropagation')
    .lost({ callers: 'trace headers pass to the application as they came' });
  const isOff = first.at('disableSpanReporting').boolean() === true;
  const share = first.at('randomSamplingPercentage').number();
  const tags = unlessEmpty(Object.fromEntries(first.at('customTags').entries().flatMap(readTag)));
  const receivers = first.at('providers').items();
  if (isOff) return null;
  const sampling = share === undefined ? undefined : `${String(Number(share.toFixed(4)))}%`;
  const known = receivers.map((provider) => ({ provider, to: providers.spans(nameOf(provider)) }));
  const otlp = known.find(({ to }) => to !== undefined)?.to;
  if (receivers.length > 0 && otlp === undefined) {
    first.lost({ callers: notSent(receivers.map(nameOf).join(', ')) });
    return undefined;
  }
  for (const { provider, to } of known)
    if (to === undefined) provider.lost({ callers: notSent(nameOf(provider)) });
  return defined({ sampling, otlp, tags });
}

function nameOf(provider: Field): string {
  return provider.at('name').text() ?? '';
}

function notSent(name: string): string {
  return `spans are not sent to ${name}, which the mesh config defines, and which is not read: write \`telemetry.tracing\` with its \`otlp\``;
}

/** Reads an attribute of spans as an expression. */
function readTag([name, tag]: readonly [string, Field]): readonly (readonly [string, string])[] {
  const expression = expressionOf(tag);
  if (expression !== undefined && name.length <= 128 && /^[!-~]+$/.test(name)) return [[name, expression]];
  tag.lost({ callers: `spans have no attribute ${name}` });
  return [];
}

function expressionOf(tag: Field): string | undefined {
  const text = tag.along('formatter', 'value').text();
  const header = tag.along('header', 'name').text();
  const literal = tag.along('literal', 'value').text();
  if (text !== undefined) return /^%CEL\(([^%]+)\)%$/.exec(text)?.[1];
  if (literal !== undefined) return JSON.stringify(literal);
  if (header === undefined || !isToken(header)) return undefined;
  tag
    .along('header', 'defaultValue')
    .lost({ callers: 'spans of requests without the header lack the attribute' });
  return `request.headers['${header.toLowerCase()}']`;
}
