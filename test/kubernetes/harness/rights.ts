import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveObject } from '../../../src/ports/cluster.ts';
import { type connected, kindOf } from './connected.ts';

const rbac = 'rbac.authorization.k8s.io/v1';

interface Put {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: object;
  readonly roleRef?: object;
  readonly subjects?: readonly object[];
}

/** A role as `mesh doctor --rbac` prints it. */
export interface PrintedRole {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly { readonly resources: readonly string[]; readonly verbs: readonly string[] }[];
}

/** Makes the roles as they were printed, and binds a user to them; the authorizer follows by a watch. */
export async function bindRoles(
  admin: ReturnType<typeof connected>,
  user: string,
  all: readonly PrintedRole[],
  stateNamespace: string,
): Promise<void> {
  for (const role of all) {
    await put(admin, role);
    if (role.kind === 'Namespace') continue;
    const { name, namespace = stateNamespace } = role.metadata;
    const of = /-(authority|evidence)$/.exec(name)?.[0] ?? '';
    await put(admin, {
      apiVersion: rbac,
      kind: `${role.kind}Binding`,
      metadata: {
        name: `test-${user}${of}`,
        ...(role.kind === 'Role' && { namespace }),
      },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: role.kind, name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
    });
  }
  await sleep(150);
}

async function put(admin: ReturnType<typeof connected>, object: Put): Promise<void> {
  const served = await kindOf(admin, object.apiVersion, object.kind);
  if (object.kind.endsWith('Binding')) {
    // The role of a binding can't be changed.
    const before = await admin.read(served, object.metadata as { name: string });
    if (before) await admin.remove(served, before.metadata, { uid: before.metadata.uid ?? '' });
  }
  const answer = await admin.apply(served, object as unknown as LiveObject, { manager: 'test', force: true });
  if (answer.state !== 'applied') throw new Error(JSON.stringify(answer));
}

/** Takes a verb away from the rules of a role, or from the one that begins with a resource. */
export function without(
  all: readonly PrintedRole[],
  kind: string,
  verb: string,
  resource = '',
): readonly PrintedRole[] {
  return all.map((role) =>
    role.kind === kind && role.rules
      ? {
          ...role,
          rules: role.rules
            .map((rule) =>
              resource === '' || rule.resources[0] === resource
                ? { ...rule, verbs: rule.verbs.filter((one) => one !== verb) }
                : rule,
            )
            .filter(({ verbs }) => verbs.length > 0),
        }
      : role,
  );
}
