import type { AccessException, AccessOperation } from '../../ir/access.ts';
import type { Authentication } from '../../ir/authentication.ts';
import type { Ir } from '../../ir/ir.ts';
import type { HeaderMatch } from '../../ir/match.ts';
import type { Route, Rule } from '../../ir/route.ts';
import type { Service } from '../../ir/service.ts';

/**
 * Returns the sorted names of the headers that routes read: matches, keys of limits and of affinity, origins of CORS.
 */
export function headersOfRoutes(ir: Ir, routes: readonly Route[]): readonly string[] {
  const names = routes.flatMap(({ rules }) => rules.flatMap((rule) => headersOfRule(ir, rule)));
  return sorted(names);
}

/** Returns the sorted names of the headers that the checks of a server read: Access, tokens, external authorization. */
export function headersOfServer({
  access,
  authentication,
}: Pick<Service, 'access'> & { readonly authentication?: Authentication | undefined }): readonly string[] {
  const names = [...access.allow, ...access.deny].flatMap(headersOfOperations);
  return sorted([...names, ...(authentication === undefined ? [] : headersOfAuthentication(authentication))]);
}

function headersOfRule({ services, externals }: Ir, { matches, action, cors }: Rule): readonly string[] {
  const matched = matches.flatMap(({ headers }) => headers.map(nameOf));
  const preflight = cors === undefined ? [] : ['access-control-request-method', 'origin'];
  if (action.type !== 'forward') return [...matched, ...preflight];
  const keys = action.backends.flatMap(({ service }) => {
    const affinity = (services[service] ?? externals[service])?.settings.loadBalancing.affinity;
    return affinity?.type === 'header' ? [affinity.name.toLowerCase()] : [];
  });
  const { keyHeader } = action.rateLimit ?? {};
  return [...matched, ...preflight, ...keys, ...(keyHeader === undefined ? [] : [keyHeader])];
}

function headersOfAuthentication({ issuers, externalAuthorization }: Authentication): readonly string[] {
  const tokens = issuers.flatMap(({ from }) =>
    from.flatMap((source) => (source.type === 'header' ? [source.name.toLowerCase()] : [])),
  );
  if (externalAuthorization === undefined) return tokens;
  return [...tokens, ...externalAuthorization.includeHeaders, ...headersOfOperations(externalAuthorization)];
}

/** Returns the headers in the rules of Access, and in the requests that external authorization is asked about. */
function headersOfOperations(rule: {
  readonly to?: readonly AccessOperation[];
  readonly except?: readonly AccessException[];
}): readonly string[] {
  const operations = [rule, ...(rule.except ?? [])].flatMap(({ to }) => to ?? []);
  return operations.flatMap(({ headers }) => headers?.map(nameOf) ?? []);
}

function nameOf({ name }: HeaderMatch): string {
  return name;
}

/** Leave out cookies and the host: patterns of cookies allow blanks, and a host has none. */
function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((name) => name !== 'cookie' && name !== 'host').sort();
}
