import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { KnownPort } from '../../../import/inventory.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { AccessSpec } from '../../../spec/types.gen.ts';
import { type GuardedPort, readRules } from './access-rules.ts';
import type { PortNames } from './operation.ts';
import type { RuleContext } from './rule-context.ts';
import { isHttpPort, rootNamespace, type Surroundings } from './surroundings.ts';
import { readTokenDeny, tokenDeny } from './token-denies.ts';
import { readScope, type Scope } from './workload-scope.ts';

/** The documents of a policy, and true if it closes the whole mesh. */
export interface ReadPolicy {
  readonly documents: readonly ReadDocument[];
  readonly closesMesh?: boolean;
  /** The services for which the policy holds in the spec, and today only for some pods, or not at all. */
  readonly partly?: {
    readonly services: readonly string[];
    readonly field: Field;
    readonly allows: boolean;
    readonly callers: string;
  };
}

/** Reads an AuthorizationPolicy: an Access for each service, gateway or namespace that it holds for. */
export function readAuthorizationPolicy(document: NativeDocument, surroundings: Surroundings): ReadPolicy {
  const namespace = surroundings.context.namespaceOf(document);
  readHeader(document);
  const spec = document.root.at('spec');
  const action = readAction(document.root, spec);
  if (action === undefined) return { documents: [] };
  const scope = readScope(spec, namespace, surroundings, 'wider');
  const rules = spec.at('rules').items();
  const closes = action === 'ALLOW' && rules.length === 0;
  if (closes && scope.namespaces.length > 0 && namespace === rootNamespace)
    return { documents: [], closesMesh: true };
  const documents = policyDocuments({ document, namespace, action, rules, scope, surroundings });
  const partly = partOf(scope, spec);
  // A deny of nothing decides nothing; an Access without rules would close.
  return {
    documents: action === 'ALLOW' ? documents : documents.filter(({ spec }) => 'rules' in spec),
    ...(partly !== undefined && { partly: { ...partly, allows: action === 'ALLOW' } }),
  };
}

function partOf(
  { partly, withoutWaypoint = [] }: Scope,
  spec: Field,
): Omit<NonNullable<ReadPolicy['partly']>, 'allows'> | undefined {
  if (withoutWaypoint.length > 0)
    return {
      services: withoutWaypoint,
      field: spec.at(spec.at('targetRefs').isPresent ? 'targetRefs' : 'targetRef'),
      callers: `a waypoint alone enforces these rules, and none of the input takes the calls of ${withoutWaypoint.join(', ')}: in the spec the rules hold`,
    };
  if (partly.length === 0) return undefined;
  return {
    services: partly,
    field: spec.at('selector'),
    callers: 'some pods of the service are not selected, and the rules hold for all its pods',
  };
}

/**
 * Marks policies that hold for more in the spec than today, for example those for some pods of a service: calls that another
 * policy refuses there become wider by an ALLOW.
 */
export function markPartly(policies: readonly ReadPolicy[]): void {
  for (const policy of policies) {
    if (policy.partly === undefined) continue;
    const { services, field, allows, callers } = policy.partly;
    const others = policies.filter((one) => one !== policy);
    const closes = others.some(
      (one) => one.closesMesh ?? one.documents.some((own) => allowsAtAny(own, services)),
    );
    field.differently({
      callers,
      access: allows && closes ? 'wider' : 'narrower',
    });
  }
}

/** Returns true for an Access that closes one of the services but for what it allows. */
function allowsAtAny({ namespace, spec }: ReadDocument, services: readonly string[]): boolean {
  if (!('service' in spec) || typeof spec.service !== 'string') return false;
  const { service } = spec;
  const { rules } = spec as AccessSpec;
  const closes = rules === undefined || rules.some(({ allow }) => allow !== undefined);
  return (
    closes &&
    services.some((id) =>
      service === '*' ? id.startsWith(`${namespace}/`) : id === `${namespace}/${service}`,
    )
  );
}

/** Returns undefined for a policy that decides nothing, or that the language has no form for. */
function readAction(root: Field, spec: Field): 'ALLOW' | 'DENY' | undefined {
  if (spec.isPresent) spec.entries();
  const word = spec.at('action').text() ?? 'ALLOW';
  if (isDryRun(root)) spec.withoutEffect('the policy is a dry run, which decides nothing');
  else if (word === 'AUDIT') spec.withoutEffect('AUDIT decides nothing');
  else if (word === 'CUSTOM')
    spec.lost({
      callers: 'nobody asks the external authorizer: write it into an Authentication',
      access: 'wider',
    });
  else return word === 'DENY' ? 'DENY' : 'ALLOW';
  return undefined;
}

/** The words for true are those of Go's ParseBool. */
function isDryRun(root: Field): boolean {
  const { value } = root.along('metadata', 'annotations', 'istio.io/dry-run');
  return typeof value === 'string' && ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value);
}

interface Policy {
  readonly document: NativeDocument;
  readonly namespace: string;
  readonly action: 'ALLOW' | 'DENY';
  readonly rules: readonly Field[];
  readonly scope: Scope;
  readonly surroundings: Surroundings;
}

/** A policy with references is at a waypoint; all others are at pods. */
function atPods(
  { scope, surroundings }: Policy,
  id: string,
): Pick<RuleContext, 'at' | 'waypoint' | 'isBlind'> {
  if (scope.withoutWaypoint !== undefined) return { at: id };
  const { waypoints } = surroundings;
  return {
    at: id,
    waypoint: waypoints.guarded.has(id) ? 'guarded' : 'open',
    ...(waypoints.isAmbient(id.slice(0, id.indexOf('/'))) && { isBlind: true }),
  };
}

const noIssuers: ReadonlySet<string> = new Set();

/** Returns the issuers of a service or gateway, and the rules but those of a DENY that its Authentication says. */
function withoutTokens(
  { action, document, rules, scope, surroundings }: Policy,
  key: string,
  portNames: PortNames,
  ports: readonly GuardedPort[],
): { readonly others: readonly Field[]; readonly issuers: ReadonlySet<string> } {
  const tokens = surroundings.tokens.get(key);
  const issuers = tokens?.issuers ?? noIssuers;
  const isEnforced =
    (scope.withoutWaypoint?.length ?? 0) === 0 &&
    (scope.withoutWaypoint !== undefined ||
      !surroundings.waypoints.isAmbient(key.slice(0, key.indexOf('/'))));
  if (action === 'ALLOW' || tokens === undefined || !isEnforced) return { others: rules, issuers };
  const others = rules.filter((rule) => {
    const said = tokenDeny(rule, { tokens, ports, portNames });
    if (said !== undefined) readTokenDeny(rule, document.name.startsWith('token.'));
    if (said === 'required') surroundings.required.add(key);
    return said === undefined;
  });
  return { others, issuers };
}
const unknownPorts: PortNames = () => undefined;

function policyDocuments(policy: Policy): readonly ReadDocument[] {
  const { namespace, action, rules, scope, surroundings } = policy;
  const services = servicesOf(policy);
  const hasStreams = services.some(({ ports }) => ports.some((port) => !isHttpPort(port)));
  const { waypoints } = surroundings;
  const isMixed = hasStreams || scope.namespaces.some((own) => waypoints.isAmbient(own));
  const isByService =
    services.length > 0 &&
    (waypoints.all.length > 0 ||
      differByService(rules) ||
      (isMixed && (action === 'DENY' || asksRequests(rules))));
  const rule = { namespace, action, surroundings, isAtGateway: false, issuers: noIssuers } as const;
  const ofServices = services.map(({ namespace: own, name, ports }) => {
    const portNames = ports === unread ? unknownPorts : namesOf(ports);
    const guarded = ports.map((port) => ({ name: port.name, isHttp: isHttpPort(port) }));
    const id = `${own}/${name}`;
    const { others, issuers } = withoutTokens(policy, id, portNames, guarded);
    const read = readRules(others, { ...rule, issuers, ...atPods(policy, id) }, portNames, guarded);
    const suffix = services.length > 1 ? `-${name}` : '';
    return access(policy, own, { service: name, ...read }, suffix, `${own}/${name}`);
  });
  const ofGateways = scope.gateways.map(({ id, listeners }) => {
    const names: PortNames = (port) => listeners.filter((one) => one.port === port).map(({ name }) => name);
    const at = `gateway ${id}`;
    const { others, issuers } = withoutTokens(policy, at, names, listeners);
    const read = readRules(others, { ...rule, isAtGateway: true, issuers, at }, names, listeners);
    return access(policy, namespace, { gateway: id, ...read }, `-${id.replace('/', '-')}`);
  });
  if (scope.namespaces.length === 0 || isByService) return [...ofServices, ...ofGateways];
  const ofNamespaces = scope.namespaces.map((own) =>
    access(policy, own, { service: '*', ...readRules(rules, rule, unknownPorts, []) }, ''),
  );
  return [...ofNamespaces, ...ofGateways];
}

/** The ports of a service that is only guessed. */
const unread: readonly KnownPort[] = [];

function servicesOf({ scope, surroundings }: Policy) {
  return scope.services.map((id) => {
    const [namespace = '', name = ''] = id.split('/');
    return { namespace, name, ports: surroundings.context.inventory.service(id)?.ports ?? unread };
  });
}

function access(
  { document }: Policy,
  namespace: string,
  spec: AccessSpec,
  suffix: string,
  beside?: string,
): ReadDocument {
  return {
    kind: 'Access',
    namespace,
    name: dnsLabel(`${document.name}${suffix}`) ?? 'policy',
    spec,
    from: [document.root],
    ...(beside === undefined ? {} : { beside }),
  };
}

function namesOf(ports: readonly KnownPort[]): PortNames {
  return (port) => ports.filter(({ targetPort }) => targetPort === port).map(({ name }) => name);
}

/** Rules with conditions on requests are others on ports without requests. */
function asksRequests(rules: readonly Field[]): boolean {
  return /"(?:notM|m)ethods"|"(?:notP|p)aths"|"(?:notH|h)osts"|"request\.headers\[/.test(
    JSON.stringify(rules.map(({ value }) => value)),
  );
}

/** Ports and issuers of tokens are those of one service. */
function differByService(rules: readonly Field[]): boolean {
  return /"(?:ports|notPorts|(?:notR|r)equestPrincipals)"|"destination\.port"|"request\.auth\./.test(
    JSON.stringify(rules.map(({ value }) => value)),
  );
}
