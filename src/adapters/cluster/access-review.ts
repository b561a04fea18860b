import type { Json } from '../../core/lib/json.ts';
import { jsonRecord } from '../../core/lib/json-record.ts';
import type { AccessRule, ServedKind } from '../../ports/cluster.ts';
import { type ApiClient, Forbidden } from './api-client.ts';

/**
 * A namespace that can't exist, since its name is none of DNS. No RoleBinding is in it, so its rules are those of the
 * whole cluster; a review of rules needs a namespace.
 */
const nowhere = '-';

/**
 * Returns the caller's rights in a namespace, or in all namespaces (authorization.k8s.io/v1 SelfSubjectRulesReview); an
 * empty list if the caller may not ask.
 */
export async function accessRules(
  client: ApiClient,
  namespace: string = nowhere,
): Promise<readonly AccessRule[]> {
  const status = await reviewed(client, 'SelfSubjectRulesReview', { namespace });
  const { resourceRules } = status ?? {};
  return (Array.isArray(resourceRules) ? (resourceRules as readonly Json[]) : []).map((rule) => {
    const { apiGroups, resources, verbs, resourceNames } = jsonRecord(rule);
    const names = texts(resourceNames);
    return { apiGroups: texts(apiGroups), resources: texts(resources), verbs: texts(verbs), names };
  });
}

/**
 * Returns false if the server denies the caller a right (authorization.k8s.io/v1 SelfSubjectAccessReview); true if the
 * caller may not ask.
 */
export async function mayAccess(
  client: ApiClient,
  verb: string,
  { apiVersion, resource }: ServedKind,
  { namespace, name }: { readonly namespace: string | undefined; readonly name: string | undefined },
): Promise<boolean> {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const resourceAttributes = {
    ...{ verb, group, resource },
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
  };
  const status = await reviewed(client, 'SelfSubjectAccessReview', { resourceAttributes });
  return status?.['allowed'] !== false;
}

/** Returns the status of a review; undefined if the caller may not ask, or if the server has no reviews. */
async function reviewed(
  client: ApiClient,
  kind: 'SelfSubjectRulesReview' | 'SelfSubjectAccessReview',
  spec: Json,
): Promise<Readonly<Record<string, Json | undefined>> | undefined> {
  const apiVersion = 'authorization.k8s.io/v1';
  const resource = `${kind.toLowerCase()}s`;
  try {
    const answered = await client.ask({
      method: 'POST',
      path: `/apis/${apiVersion}/${resource}`,
      body: JSON.stringify({ apiVersion, kind, spec }),
      what: `create ${resource}.authorization.k8s.io`,
    });
    return answered.ok ? jsonRecord(jsonRecord(answered.json)['status']) : undefined;
  } catch (error) {
    if (error instanceof Forbidden) return undefined;
    throw error;
  }
}

function texts(list: Json | undefined): readonly string[] {
  return Array.isArray(list) ? (list as readonly Json[]).filter((one) => typeof one === 'string') : [];
}
