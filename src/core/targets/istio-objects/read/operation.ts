import type { Field } from '../../../import/field.ts';
import { isHostPattern, isPath, isToken } from '../../../import/written-values.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { AccessException, AccessTo, PathMatch } from '../../../spec/types.gen.ts';
import type { AccessParts } from './access-parts.ts';
import { opposite, type RuleContext, unsaid } from './rule-context.ts';

/** Returns the names of the ports of a service whose pods listen on a port; undefined if its ports are unknown. */
export type PortNames = (port: number) => readonly string[] | undefined;

/** Fields that no connection of a stream fits in an ALLOW. */
const ofRequests = ['methods', 'paths', 'hosts', 'notMethods', 'notPaths', 'notHosts'] as const;

/** Reads an Operation: its fields hold together, the values of one field are alternatives. */
export function readOperation(field: Field, rule: RuleContext, portNames: PortNames): AccessParts {
  const to: { ports?: string[]; methods?: string[]; paths?: PathMatch[]; hosts?: string[] } = {};
  let isNever = false;
  const values = <T>(
    name: string,
    read: (text: string) => T | 'any' | undefined,
    why = 'the language has no such condition',
  ): T[] | undefined => {
    const list = field.at(name);
    if (!list.isPresent) return undefined;
    const found: T[] = [];
    let isAny = false;
    for (const item of list.items()) {
      const value = read(item.text() ?? '');
      if (value === undefined) {
        unsaid(item, rule, why);
        if (rule.action === 'DENY') isAny = true;
      } else if (value === 'any') isAny = true;
      else found.push(value);
    }
    if (isAny) return undefined;
    if (found.length === 0) isNever = true;
    return found;
  };
  const methods = values('methods', (text) =>
    text === '*' ? 'any' : isToken(text) && !text.includes('*') ? text : undefined,
  );
  const paths = values('paths', pathMatch);
  const whole = wholeHosts(field.at('hosts'));
  const hosts = values(
    'hosts',
    (text) => hostPattern(text, whole, rule.action),
    'a host of the language is one with any port, as a list with both `HOST` and `HOST:*` says',
  )?.map(({ host }) => host);
  markDenied(field.at('hosts'), whole, rule.action);
  const ports = values('ports', (text) => portNames(Number(text)))?.flat();
  if (methods !== undefined && methods.length > 0) to.methods = methods;
  if (paths !== undefined && paths.length > 0) to.paths = paths;
  if (hosts !== undefined && hosts.length > 0) to.hosts = [...new Set(hosts)];
  if (ports !== undefined) {
    if (ports.length === 0) isNever = true;
    else to.ports = [...new Set(ports)];
  }
  const exceptions = readExceptions(field, rule, portNames);
  return {
    ...conditionsOfRequests(field),
    ...(Object.keys(to).length > 0 ? { to: [to] } : {}),
    ...(exceptions.except.length > 0 ? { except: exceptions.except } : {}),
    ...(isNever || exceptions.isNever ? { isNever: true } : {}),
  };
}

function conditionsOfRequests(field: Field): Pick<AccessParts, 'asksRequests'> {
  return ofRequests.some((name) => field.at(name).isPresent) ? { asksRequests: true } : {};
}

function readExceptions(
  field: Field,
  rule: RuleContext,
  portNames: PortNames,
): { readonly except: readonly AccessException[]; readonly isNever: boolean } {
  const except: AccessException[] = [];
  let isNever = false;
  const list = (name: string, read: (text: string) => AccessTo | 'any' | 'none' | undefined): void => {
    for (const item of field.at(name).items()) {
      const to = read(item.text() ?? '');
      if (to === 'none') continue;
      if (to !== undefined && to !== 'any') except.push({ to: [to] });
      else if (to === 'any' || unsaid(item, rule, 'the language cannot except these calls').isNever === true)
        isNever = true;
    }
  };
  list('notMethods', (text) =>
    text === '*' ? 'any' : text.includes('*') || !isToken(text) ? undefined : { methods: [text] },
  );
  list('notPaths', (text) => {
    const path = pathMatch(text);
    return path === undefined || path === 'any' ? path : { paths: [path] };
  });
  const whole = wholeHosts(field.at('notHosts'));
  list('notHosts', (text) => {
    const host = hostPattern(text, whole, opposite(rule).action);
    return host === undefined || host === 'any' ? host : { hosts: [host.host] };
  });
  markDenied(field.at('notHosts'), whole, opposite(rule).action);
  list('notPorts', (text) => {
    const names = portNames(Number(text));
    if (names === undefined) return undefined;
    return names.length === 0 ? 'none' : { ports: names };
  });
  return { except, isNever };
}

/** `abc*` is a prefix of characters, `*abc` a suffix, `*` anything; `{*}` stands for one path element, `{**}` for the rest. */
function pathMatch(text: string): PathMatch | 'any' | undefined {
  if (text === '*' || text === '/*') return 'any';
  if (text.includes('{*}') || text.includes('{**}')) {
    const parts = text.split(/(\{\*\*?\})/);
    const regex = parts
      .map((part) => (part === '{*}' ? '[^/]+' : part === '{**}' ? '.*' : quoteRegex(part)))
      .join('');
    return text.startsWith('/') ? { regex } : undefined;
  }
  if (text.endsWith('*')) return isPath(text.slice(0, -1)) ? { startsWith: text.slice(0, -1) } : undefined;
  if (text.startsWith('*')) return { regex: `.*${quoteRegex(text.slice(1))}` };
  return isPath(text) ? { exact: text } : undefined;
}

/** Returns the hosts that a list names both without a port and with any port, in lower case. */
function wholeHosts(list: Field): ReadonlySet<string> {
  const texts = new Set(
    (Array.isArray(list.value) ? list.value : []).map((text) => String(text).toLowerCase()),
  );
  return new Set([...texts].filter((text) => texts.has(`${text}:*`)));
}

/** Marks hosts that a condition refuses without a port only, or with one only: the language refuses both. */
function markDenied(list: Field, whole: ReadonlySet<string>, action: RuleContext['action']): void {
  for (const item of action === 'DENY' ? list.items() : []) {
    const host = withoutPort(String(item.value));
    if (host !== '*' && isHostPattern(host) && !whole.has(host))
      item.differently({
        callers: `${host} is refused with and without a port`,
        witness: `a request with the Host ${host}:8080`,
        access: 'narrower',
      });
  }
}

/**
 * A host of the language is meant with every port, and a native one as it is written. A condition that admits calls is said
 * only if the list names the host in both ways; a condition that refuses calls refuses more.
 */
function hostPattern(
  text: string,
  whole: ReadonlySet<string>,
  action: RuleContext['action'],
): { readonly host: string } | 'any' | undefined {
  if (text === '*') return 'any';
  const host = withoutPort(text);
  return isHostPattern(host) && (action === 'DENY' || whole.has(host)) ? { host } : undefined;
}

/** Returns a host in lower case without `:*` and without a dot at its end, with which it is the same host. */
function withoutPort(text: string): string {
  return text.toLowerCase().replace(/:\*$/, '').replace(/\.$/, '');
}
