import { parseRequest } from '../explain/request/parse-request.ts';
import type { Problem } from '../explain/request/problem.ts';
import { type RequestFields, requestFields } from '../explain/request/request-fields.ts';
import type { Ir } from '../ir/ir.ts';
import type { Request } from '../semantics/request.ts';

/** Returns the request that a test asks, with its fields; or the reason why it can't be asked. */
export function askedRequest(
  data: unknown,
  ir: Ir,
): { readonly fields: RequestFields; readonly request: Request } | Problem {
  const checked = requestFields(data);
  if ('problem' in checked) return checked;
  const problem = requestProblem(checked.fields, ir);
  if (problem !== undefined) return { problem };
  const parsed = parseRequest(checked.fields, ir);
  return 'problem' in parsed ? parsed : { fields: checked.fields, request: parsed.request };
}

/**
 * Returns the reason why the request of a test isn't the one that its writer means, so that an expectation such as
 * `refused` would hold by accident; undefined if there is none.
 */
function requestProblem(
  { method = 'GET', path = '/', headers = {}, claims }: RequestFields,
  ir: Ir,
): string | undefined {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method)) return `the method \`${method}\` is no word`;
  if (!/^[/*]/.test(path)) return `the path \`${path}\` does not begin with \`/\``;
  const isBearer = Object.entries(headers).some(
    ([name, values]) =>
      name.toLowerCase() === 'authorization' &&
      [values].flat().some((value) => /^bearer\b/i.test(String(value))),
  );
  if (isBearer && claims === undefined && readsTokens(ir))
    return 'no token is read from the header `authorization`: write the claims of the token in `claims`, or `claims: invalid`';
  return undefined;
}

/** Returns true if an Authentication of the mesh reads tokens. */
function readsTokens({ services, gateways }: Ir): boolean {
  const owners = [...Object.values(services), ...Object.values(gateways)];
  return owners.some(({ authentication }) => (authentication?.issuers.length ?? 0) > 0);
}
