import type { Field } from '../../../import/field.ts';
import type { AccessRule, AccessSpec, AccessTo } from '../../../spec/types.gen.ts';
import { type AccessParts, both } from './access-parts.ts';
import { readCondition } from './condition.ts';
import { withNegatedHeaders } from './negated-headers.ts';
import { type PortNames, readOperation } from './operation.ts';
import { type RuleContext, unsaid } from './rule-context.ts';
import { readSource } from './source.ts';

/** A port of a service or a listener of a gateway that a policy holds for. */
export interface GuardedPort {
  readonly name: string;
  /** True if its calls are requests. */
  readonly isHttp: boolean;
}

/** Reads the rules of a policy for one service or gateway, or for services whose ports are unknown. */
export function readRules(
  rules: readonly Field[],
  context: RuleContext,
  portNames: PortNames,
  ports: readonly GuardedPort[],
): Pick<AccessSpec, 'rules'> {
  const streams = ports.filter(({ isHttp }) => !isHttp).map(({ name }) => name);
  const read = rules.flatMap((rule) => readRule(rule, context, portNames, { all: ports, streams }));
  // An allow of nothing closes, as a native policy without a rule that fits does.
  return read.length === 0 ? {} : { rules: read };
}

function readRule(
  field: Field,
  context: RuleContext,
  portNames: PortNames,
  { all: ports, streams }: { readonly all: readonly GuardedPort[]; readonly streams: readonly string[] },
): readonly AccessRule[] {
  if (field.entries().length === 0) return [ruleOf({}, context)];
  const sources = field
    .at('from')
    .items()
    .map((item) => readSource(item.at('source'), context));
  const operations = field
    .at('to')
    .items()
    .map((item) => readOperation(item.at('operation'), context, portNames));
  const conditions = field
    .at('when')
    .items()
    .map((item) => readCondition(item, context, portNames));
  const combine = (one: AccessParts, other: AccessParts): AccessParts =>
    both(one, other) ?? unsaid(field, context, 'these conditions cannot hold together in the language');
  const when = conditions.reduce<AccessParts>(combine, {});
  const parts = (sources.length > 0 ? sources : [{}]).flatMap((source) =>
    (operations.length > 0 ? operations : [{}]).map((operation) => combine(combine(source, operation), when)),
  );
  const said = parts.map(withNegatedHeaders);
  const seen = context.isBlind === true ? said.flatMap((part) => atConnections(part, context, field)) : said;
  const possible = seen.flatMap((part) => (part.isNever === true ? [] : withTokens(part, context)));
  return merged(possible.flatMap((part) => atRequests(part, context, ports))).flatMap((part) => [
    ruleOf(part, context),
    ...streamRules(part, context, streams),
  ]);
}

/** Leaves out tokens that are never valid because nobody checks them there, and rules that need one. */
function withTokens(part: AccessParts, { issuers }: RuleContext): readonly AccessParts[] {
  if (part.when === undefined) return [part];
  const when = part.when.filter(({ jwt: { issuer } }) =>
    issuer === undefined ? issuers.size > 0 : issuers.has(issuer),
  );
  return when.length === 0 ? [] : [{ ...part, when }];
}

/** A proxy that sees connections alone: a rule about requests allows nothing, and denies without regard to them. */
function atConnections(part: AccessParts, { action }: RuleContext, rule: Field): readonly AccessParts[] {
  const { from, to, when, except } = part;
  if (part.asksRequests !== true && when === undefined) return [part];
  rule.differently({
    callers: `the pods are in ambient mode, whose proxy sees no requests: the rule ${action === 'ALLOW' ? 'allows nothing' : 'denies every call of these callers'} today, and so in the spec`,
  });
  if (action === 'ALLOW') return [];
  const ports = to?.map((one) => one.ports && { ports: one.ports });
  const callers = except?.filter((one) => one.to === undefined || !one.to.some(asksRequests)) ?? [];
  return [
    {
      ...(from === undefined ? {} : { from }),
      ...(ports === undefined || ports.includes(undefined)
        ? {}
        : { to: ports.filter((one) => one !== undefined) }),
      ...(callers.length > 0 ? { except: callers } : {}),
    },
  ];
}

/** An ALLOW with a condition on requests allows no connection on a port without requests. */
function atRequests(
  part: AccessParts,
  { action }: RuleContext,
  ports: readonly GuardedPort[],
): readonly AccessParts[] {
  const names = ports.filter(({ isHttp }) => isHttp).map(({ name }) => name);
  if (action === 'DENY' || part.asksRequests !== true || names.length === ports.length) return [part];
  const to = (part.to ?? [{}]).flatMap((one) => {
    if (asksRequests(one)) return [one];
    const own = one.ports?.filter((name) => names.includes(name)) ?? names;
    return own.length === 0 ? [] : [{ ...one, ports: own }];
  });
  return to.length === 0 ? [] : [{ ...part, to }];
}

/** Rules that differ in their calls alone become one. */
function merged(parts: readonly AccessParts[]): readonly AccessParts[] {
  const byRest = new Map<string, AccessParts>();
  for (const part of parts) {
    const { to, asksRequests: _asks, ...rest } = part;
    const key = `${JSON.stringify(rest)} ${to === undefined ? 'any' : 'some'}`;
    const known = byRest.get(key);
    byRest.set(
      key,
      known?.to === undefined || to === undefined ? part : { ...known, to: [...known.to, ...to] },
    );
  }
  return [...byRest.values()];
}

function ruleOf({ from, to, when, except }: AccessParts, { action }: RuleContext): AccessRule {
  const rest = {
    ...(to === undefined ? {} : { to }),
    ...(when === undefined ? {} : { when }),
    ...(except === undefined ? {} : { except }),
  };
  if (action === 'ALLOW') return { allow: { from: from ?? [{ anyone: true }], ...rest } };
  return { deny: { ...(from === undefined ? {} : { from }), ...rest } };
}

/**
 * On a port without requests a native DENY with conditions on requests denies every connection that fits the rest of the rule; a
 * deny of the language has no effect there.
 */
function streamRules(
  part: AccessParts,
  { action }: RuleContext,
  streams: readonly string[],
): readonly AccessRule[] {
  const { from, to, when, except } = part;
  const asks =
    when !== undefined ||
    to?.some(asksRequests) === true ||
    except?.some((one) => one.to?.some(asksRequests) === true) === true;
  if (action !== 'DENY' || !asks || streams.length === 0) return [];
  const named = to?.flatMap((one) => one.ports ?? streams) ?? streams;
  const ports = streams.filter((name) => named.includes(name));
  const callers = except?.filter((one) => one.from !== undefined && one.to === undefined) ?? [];
  if (ports.length === 0) return [];
  return [
    {
      deny: {
        ...(from === undefined ? {} : { from }),
        to: [{ ports }],
        ...(callers.length > 0 ? { except: callers } : {}),
      },
    },
  ];
}

function asksRequests({ methods, paths, hosts, headers }: AccessTo): boolean {
  return methods !== undefined || paths !== undefined || hosts !== undefined || headers !== undefined;
}
