import type { Field } from '../../../import/field.ts';
import { isHostPattern, isPath, isToken } from '../../../import/written-values.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { AccessException, AccessTo, PathMatch } from '../../../spec/types.gen.ts';
import type { AccessParts } from './access-parts.ts';
import { type RuleContext, unsaid } from './rule-context.ts';

/** Returns the names of the ports of a service whose pods listen on a port; undefined if its ports are unknown. */
export type PortNames = (port: number) => readonly string[] | undefined;

/** Fields that no connection of a stream fits in an ALLOW. */
const ofRequests = ['methods', 'paths', 'hosts', 'notMethods', 'notPaths', 'notHosts'] as const;

/** Reads an Operation: its fields hold together, the values of one field are alternatives. */
export function readOperation(field: Field, rule: RuleContext, portNames: PortNames): AccessParts {
  const to: { ports?: string[]; methods?: string[]; paths?: PathMatch[]; hosts?: string[] } = {};
  let isNever = false;
  const values = <T>(name: string, read: (text: string) => T | 'any' | undefined): T[] | undefined => {
    const list = field.at(name);
    if (!list.isPresent) return undefined;
    const found: T[] = [];
    let isAny = false;
    for (const item of list.items()) {
      const value = read(item.text() ?? '');
      if (value === undefined) {
        unsaid(item, rule, 'the language has no such condition');
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
  const hosts = values('hosts', hostPattern)?.map(({ host }) => host);
  const ports = values('ports', (text) => portNames(Number(text)))?.flat();
  if (methods !== undefined && methods.length > 0) to.methods = methods;
  if (paths !== undefined && paths.length > 0) to.paths = paths;
  if (hosts !== undefined && hosts.length > 0) to.hosts = hosts;
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
  list('notHosts', (text) => {
    const host = hostPattern(text);
    return host === undefined || host === 'any' ? host : { hosts: [host.host] };
  });
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

/** A host of the language has every port, so that a host with one port of its own can't be said. */
function hostPattern(text: string): { readonly host: string } | 'any' | undefined {
  if (text === '*') return 'any';
  const host = text.toLowerCase().replace(/:\*$/, '');
  return isHostPattern(host) ? { host } : undefined;
}
