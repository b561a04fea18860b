import type { HeaderMatch, RouteMatch } from '../match.ts';
import type { Rollout } from '../rollout.ts';
import type { Backend, Forward, Rule } from '../route.ts';
import { type ShareOf, splitArms } from './split-arms.ts';

/**
 * Returns the rules to put before `rule` for users with the cookie of a version: they stay on the version until the
 * rollout ends. Returns an empty list if the Rollout has no affinity or isn't under way.
 */
export function sessionRules(
  rollout: Rollout,
  shareOf: ShareOf,
  { name: _, ...rule }: Rule,
  action: Forward,
): readonly Rule[] {
  if (!keepsSessions(rollout, shareOf, action)) return [];
  const { from, to, origin } = rollout;
  const stays = (version: string, own: Forward): Rule => ({
    ...rule,
    origin,
    matches: withCookie(rule.matches, rollout, version),
    action: own,
  });
  return [stays(to, splitArms(rollout, shareOf, action, { http: true, matched: true })), stays(from, action)];
}

/** Returns the action with a cookie on the answers of both versions, for users without the cookie. */
export function withSessions(rollout: Rollout, shareOf: ShareOf, before: Forward, action: Forward): Forward {
  if (!keepsSessions(rollout, shareOf, before)) return action;
  const { from, to } = rollout;
  const drawn = (backend: Backend): Backend =>
    shareOf(backend.service) !== undefined && (backend.version === from || backend.version === to)
      ? { ...backend, session: { name: sessionCookie(rollout), value: backend.version } }
      : backend;
  return { ...action, backends: action.backends.map(drawn) };
}

/** Returns the name of the cookie that says which version serves a user. */
function sessionCookie({ namespace, name }: Pick<Rollout, 'namespace' | 'name'>): string {
  return `mesh-${namespace}-${name}`;
}

function keepsSessions(
  { affinity, strategy, from }: Rollout,
  shareOf: ShareOf,
  { backends }: Forward,
): boolean {
  if (affinity === undefined || strategy !== 'canary') return false;
  return backends.some(({ service, version }) => version === from && shareOf(service)?.state === 'running');
}

function withCookie(matches: readonly RouteMatch[], rollout: Rollout, value: string): readonly RouteMatch[] {
  const { origin } = rollout;
  const condition: HeaderMatch = {
    origin,
    name: 'cookie',
    cookie: sessionCookie(rollout),
    match: { type: 'exact', value },
    negated: false,
  };
  const all = matches.length === 0 ? [{ origin, headers: [], query: [] }] : matches;
  return all.map((match) => ({ ...match, headers: [...match.headers, condition] }));
}
