import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { type RequestPorts, rulesOf } from './intention-rules.ts';
import type { ServiceNames } from './services.ts';
import { isForAll, nameable, readDescription, readSource } from './sources.ts';

/** The result of reading intentions: documents, or the posture of the whole mesh. */
export type ReadIntentions =
  | { readonly type: 'documents'; readonly documents: readonly ReadDocument[] }
  | { readonly type: 'posture'; readonly allow: boolean }
  | { readonly type: 'nothing' };

/**
 * Reads the intentions of one destination. An entry for a caller replaces the entry for all callers, and that of the service
 * replaces that of all services, which `isOpen` says.
 */
export function readIntentions(
  document: NativeDocument,
  names: ServiceNames,
  context: ReadContext,
  isOpen: boolean,
): ReadIntentions {
  const { root, name } = document;
  const spec = root.at('spec');
  const destination = spec.along('destination', 'name');
  const service = destination.text() ?? name;
  if (!destination.isPresent) spec.at('destination').withoutEffect('the name of the entry names the service');
  spec.along('destination', 'namespace').lost({ callers: 'the service of this name in the mesh is meant' });
  const jwt = spec.at('jwt');
  if (jwt.isPresent)
    jwt.lost({
      callers: 'callers of this service need a token that the spec can not check, so nobody is let in',
      access: 'narrower',
    });
  const written = spec.at('sources').items();
  if (service === '*') return readPosture(written);
  const sources = withoutPortNames(written, names);
  const [id, ...namesakes] = names.idsOf(service, context.namespaceOf(document), destination);
  if (id === undefined) {
    context.refuse(document, 'the name of its destination is no DNS label');
    return { type: 'nothing' };
  }
  const [namespace = ''] = id.split('/');
  const read = sources.flatMap((source) => readSource(source, namespace, names));
  const hasAll = read.some(({ callers }) => callers === 'all');
  const others = hasAll || !isOpen ? [] : [{ field: spec, callers: 'all', action: 'allow' } as const];
  const asksRequests = read.some(({ action }) => typeof action !== 'string');
  const ports = asksRequests ? requestPorts(document, service, id, names, context) : undefined;
  const rules = jwt.isPresent ? [] : rulesOf(nameable([...read, ...others], context), ports);
  if (namesakes.length > 0)
    (destination.isPresent ? destination : root.along('metadata', 'name')).differently({
      callers: `services of this name are in several namespaces: callers are let in at ${id}, and nobody at ${namesakes.join(', ')}`,
      access: 'narrower',
    });
  const access = (own: string, of: typeof rules): ReadDocument => {
    const [place = '', label = ''] = own.split('/');
    const spec = { service: label, rules: of };
    return { kind: 'Access', namespace: place, name: label, spec, from: [root], beside: own };
  };
  return {
    type: 'documents',
    documents: [access(id, rules), ...namesakes.map((one) => access(one, []))],
  };
}

/**
 * Returns the ports at which permissions about requests hold. A service takes bytes unless an entry says another protocol, and
 * Consul then refuses every call that permissions are about.
 */
function requestPorts(
  document: NativeDocument,
  service: string,
  id: string,
  names: ServiceNames,
  context: ReadContext,
): RequestPorts {
  const protocol = names.protocolOf(service);
  if (protocol === undefined) {
    context.assume(document, {
      subject: `which protocol ${service} takes`,
      assumption: 'its permissions let nobody in, since Consul refuses them at a service that takes no HTTP',
      way: 'import its ServiceDefaults, or the ProxyDefaults with the protocol, too',
    });
    return [];
  }
  if (protocol === 'tcp') {
    for (const source of document.root.along('spec', 'sources').items())
      source.at('permissions').differently({
        callers: 'nobody is let in by permissions, as in Consul, since the service takes no HTTP',
      });
    return [];
  }
  const known = context.inventory.service(id)?.ports ?? [];
  const [first, ...more] = known;
  const ofRequests = more.filter((one) => ['http', 'http2', 'grpc'].includes(one.protocol));
  if (first === undefined || ofRequests.length === more.length) return undefined;
  return [first, ...ofRequests].map((one) => one.name);
}

/**
 * Returns the sources without those by the names of further ports of a caller, which say the same as the source by its own name.
 * A caller of which the sources say different things is not let in by any of them.
 */
function withoutPortNames(sources: readonly Field[], names: ServiceNames): readonly Field[] {
  const texts = (source: Field): string => {
    const {
      name: _name,
      description: _description,
      ...rest
    } = source.value as Readonly<Record<string, unknown>>;
    return JSON.stringify(rest);
  };
  const byName = new Map(sources.map((source) => [source.at('name').value, source]));
  const dropped = new Set<Field>();
  for (const source of sources) {
    const { value } = source.at('name');
    const port = typeof value === 'string' ? names.portOf(value) : undefined;
    if (port === undefined) continue;
    const own = byName.get(port.service.name);
    dropped.add(source);
    if (own !== undefined && texts(own) === texts(source)) {
      source.carried();
      continue;
    }
    if (own !== undefined) dropped.add(own);
    for (const one of own === undefined ? [source] : [own, source])
      one.lost({
        callers: `${port.service.name} is refused, since not all of its names have the same entry`,
        access: 'narrower',
      });
  }
  return sources.filter((source) => !dropped.has(source));
}

/** Returns true if an intention allows all callers at all services. */
export function opensAll(documents: readonly NativeDocument[]): boolean {
  return documents.some(({ root, name }) => {
    const spec = root.at('spec');
    if ((spec.along('destination', 'name').value ?? name) !== '*') return false;
    const sources = spec.at('sources');
    return (
      Array.isArray(sources.value) &&
      sources.value.some((_one, index) => {
        const source = sources.item(index);
        return isForAll(source) && source.at('action').value === 'allow';
      })
    );
  });
}

/** Intentions of the service `*`: only an entry for all callers has a place in the spec, as the posture of the mesh. */
function readPosture(sources: readonly Field[]): ReadIntentions {
  let posture: ReadIntentions = { type: 'nothing' };
  const others: Field[] = [];
  for (const source of sources) {
    readDescription(source);
    const action = source.at('action').text();
    source.at('name').text();
    source.at('namespace').text();
    if (isForAll(source) && (action === 'allow' || action === 'deny'))
      posture = { type: 'posture', allow: action === 'allow' };
    else others.push(source);
  }
  const isOpen = posture.type === 'posture' && posture.allow;
  for (const source of others) readOther(source, isOpen);
  return posture;
}

/** Accounts for an entry for some callers and all services. */
function readOther(source: Field, isOpen: boolean): void {
  const allows = source.at('action').value === 'allow';
  if (!allows && !isOpen) {
    source.withoutEffect('calls to a service without intentions of its own are refused anyway');
    return;
  }
  const callers = allows
    ? 'an entry for some callers and all services is left out, so that the caller needs an allow at each service'
    : 'an entry that refuses some callers at all services is left out: refuse them at each service';
  source.lost({ callers, access: allows ? 'narrower' : 'wider' });
}
