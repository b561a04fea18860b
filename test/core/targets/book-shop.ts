import { document, mesh } from '../ir/linked.ts';

/** A Mesh that refuses calls without an Access. */
export const closed = mesh('access: deny');

/** The service `shop/books` with the versions v1 and v2. */
export const books = document('Service', 'books', [
  'ports: {http: {port: 80, targetPort: 8080}}',
  'versions: {v1: {}, v2: {}}',
]);

/** Returns a service without ports, which only calls others. */
export function caller(name: string, namespace = 'shop'): string {
  return document('Service', name, ['versions: {v1: {}}'], namespace);
}

/** Returns the Access of a service of the namespace `shop`. */
export function access(service: string, ...rules: readonly string[]): string {
  return ruled('Access', service, rules);
}

/** Returns the Route of a service of the namespace `shop`. */
export function route(service: string, ...rules: readonly string[]): string {
  return ruled('Route', service, rules);
}

function ruled(kind: 'Access' | 'Route', service: string, rules: readonly string[]): string {
  return document(kind, service, [`service: ${service}`, 'rules:', ...rules.map((rule) => `  - ${rule}`)]);
}
