import type { RequestFields } from '../explain/request/request-fields.ts';

/** Returns a request on one line: `POST /charge from shop/web to shop/payments, x-user: tester`. */
export function requestText(fields: RequestFields): string {
  const { from = 'anonymous', method = 'GET', path = '/', query = '' } = fields;
  const line = `${method} ${path}${query === '' ? '' : `?${query}`}`;
  return [`${line} from ${from} to ${target(fields)}`, ...conditions(fields)].join(', ');
}

function target({ to, gateway, host = '', port }: RequestFields): string {
  const place = to ?? (gateway === undefined ? host : `gateway ${gateway}`);
  return port === undefined ? place : `${place} port ${String(port)}`;
}

function conditions({ host, headers = {}, claims, sni, address }: RequestFields): readonly string[] {
  const token = claims === 'invalid' ? 'invalid token' : `token ${JSON.stringify(claims)}`;
  return [
    ...(host === undefined ? [] : [`host: ${host}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${[value].flat().join(', ')}`),
    ...(claims === undefined ? [] : [token]),
    ...(sni === undefined ? [] : [`server name ${sni}`]),
    ...(address === undefined ? [] : [`client ${address}`]),
  ];
}
