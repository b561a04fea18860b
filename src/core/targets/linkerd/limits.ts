import type { External, ExternalPort } from '../../ir/external.ts';
import type { Rule } from '../../ir/route.ts';
import type { Port, Service } from '../../ir/service.ts';
import { mtlsOf } from '../../ir/service.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { arrangedParts } from '../gateway-api-objects/http-rules.ts';
import { ruleLimits } from '../gateway-api-objects/rule-limits.ts';
import type { Limit } from '../target.ts';
import type { Lowering } from './context.ts';
import { isOpenTo, obstacleAt } from './egress/external-reach.ts';
import { nameable } from './inbound/authentication.ts';
import { type GuardedPort, guardedPorts } from './inbound/guarded-ports.ts';
import { isSameRate } from './inbound/rate-limit.ts';
import { isKnownStatus } from './outbound/closed-rules.ts';

/** Returns the places of a mesh that Linkerd can't express, or at which it lets fewer calls through. */
export function limits(lowering: Lowering): readonly Limit[] {
  const { ir } = lowering;
  const services = Object.values(ir.services);
  return unique([
    ...services.flatMap(({ ports }) =>
      ports.filter(({ http }) => http).flatMap((port) => routeLimits(port, lowering)),
    ),
    ...guardedPorts(ir).flatMap((guarded) => portLimits(guarded, lowering)),
    ...services.flatMap(rateLimits),
    ...externalLimits(lowering),
  ]);
}

function routeLimits(port: Port, lowering: Lowering): readonly Limit[] {
  const general = ruleLimits(
    arrangedParts(port.route.rules, port.number, lowering.dialect),
    lowering.dialect,
  );
  // `redirectLimits` has the losses of redirects.
  const others = general.filter(
    ({ feature, callers }) => feature !== 'route.redirect' || callers === hostStays,
  );
  return [
    ...others,
    ...port.route.rules.flatMap(redirectLimits),
    ...port.route.rules.flatMap((rule) => outsideLimits(rule, lowering)),
  ];
}

/** A route inside the mesh sends to Services of Kubernetes alone. */
function outsideLimits({ action, origin }: Rule, { ir }: Lowering): readonly Limit[] {
  if (action.type !== 'forward' || !action.backends.some(({ service }) => service in ir.externals)) return [];
  return [
    {
      feature: 'external.hosts',
      reason: 'a rule of Linkerd has no backends outside of the mesh',
      callers: 'such requests get 500',
      origin,
    },
  ];
}

/** The loss of a redirect to a host with a port, which is the same here. */
const hostStays = 'the host stays as requested';

function redirectLimits({ action, origin }: Rule): readonly Limit[] {
  if (action.type !== 'redirect') return [];
  const limit = (reason: string, callers: string): Limit => ({
    feature: 'route.redirect',
    reason,
    callers,
    origin,
  });
  if (action.path !== undefined)
    return [limit('a redirect of Linkerd leaves the path as it is', 'such requests get 500')];
  return isKnownStatus(action.status)
    ? []
    : [limit('a redirect of Linkerd has the status 301 or 302', 'the status is 302')];
}

/** The loss of a rule by its feature: the reason, and the difference that callers notice. */
const narrowed = {
  'access.http': [
    'Linkerd takes one match of a route, and none says what this rule and others ask for: a host, a pattern of a path, the absence of a header, or an exact path that is also the prefix of another rule',
    'some calls that this rule allows are refused',
  ],
  'access.deny': [
    'Linkerd knows whom to let in and nothing else, and no list of callers or matches leaves out exactly these calls',
    'callers that the mesh does not name are refused, too, and others that this rule may mean',
  ],
  'access.except': [
    'Linkerd knows whom to let in and nothing else, and no list of callers or matches leaves out exactly these calls',
    'more calls are refused than the exception says',
  ],
} as const;

function portLimits({ access, ports, service }: GuardedPort, { ir }: Lowering): readonly Limit[] {
  if (access === undefined)
    return ports.map(({ service: own, port }) => ({
      feature: `mtls.${mtlsOf(own, port)}`,
      reason:
        'several ports of the mesh are this port of a pod, with different access, and one Server guards it',
      callers: 'nobody may call that port',
      origin: port.origin,
    }));
  const unnamed = access.permissions.some(
    ({ callers }) => nameable(callers, ir.trustDomain).length < callers.length,
  );
  return [
    ...access.narrow.flatMap(({ feature, origin }): readonly Limit[] => {
      const words = narrowed[feature as keyof typeof narrowed] as
        | (typeof narrowed)['access.http']
        | undefined;
      return words === undefined ? [] : [{ feature, reason: words[0], callers: words[1], origin }];
    }),
    ...(unnamed
      ? [
          {
            feature: 'access.identity',
            reason: 'Linkerd names accounts and namespaces of its own trust domain',
            callers: 'callers of other trust domains are refused',
            origin: service.origin,
          } as const,
        ]
      : []),
  ];
}

function rateLimits({ settings, ports }: Service): readonly Limit[] {
  const { rateLimit } = settings;
  if (rateLimit?.scope !== 'instance' || ports.length === 0) return [];
  const limit = (reason: string, callers: string): Limit => ({
    feature: 'settings.rate-limit',
    reason,
    callers,
    origin: rateLimit.origin,
  });
  const isSlow = rateLimit.requests * 1000 < rateLimit.per;
  return [
    ...(isSlow
      ? [
          limit(
            'Linkerd limits whole requests a second',
            'one request is served each second, more than the limit allows',
          ),
        ]
      : []),
    ...(isSlow || isSameRate(rateLimit)
      ? []
      : [
          limit(
            'Linkerd limits whole requests a second, and its bucket holds those of one second',
            'fewer requests at once are served than the limit allows',
          ),
        ]),
  ];
}

function externalLimits({ ir }: Lowering): readonly Limit[] {
  const namespaces = new Set(Object.values(ir.services).map(({ namespace }) => namespace));
  return Object.values(ir.externals).flatMap((external) => {
    const { origin, from, ports } = external;
    const hidden =
      from !== undefined && [...namespaces].some((own) => !isOpenTo(external, own, ir.trustDomain));
    const limit = (reason: string): Limit => ({
      feature: 'external.hosts',
      reason,
      callers: 'calls to that host are refused',
      origin,
    });
    return [
      ...(ir.egress === 'allow'
        ? [
            {
              ...limit(
                'Linkerd closes a host port by port, and where every host may be called, ports that this one does not name are open',
              ),
              callers: 'calls to other ports of that host get through',
            },
          ]
        : []),
      ...(hidden
        ? [
            limit(
              'Linkerd tells no callers of a namespace apart, and not every workload of each namespace may call this host',
            ),
          ]
        : []),
      ...(ports.some((port) => obstacleAt(external, port) === undefined && isElsewhere(external, port))
        ? [
            {
              ...limit('Linkerd sends a call on to the address and the port that the application dials'),
              callers: 'calls to that host reach the addresses of its DNS, at the port of the call',
            },
          ]
        : []),
      ...ports.flatMap((port) => {
        const obstacle = obstacleAt(external, port);
        if (obstacle === 'stream')
          return [
            limit(
              'Linkerd would have to open a port to every host, since nothing but the port is seen of such a connection',
            ),
          ];
        return obstacle === 'route'
          ? [limit('this target writes no rules for calls to hosts outside of the mesh')]
          : [];
      }),
    ];
  });
}

/** Returns true if calls to a port go to another address or port than the one that the application dials. */
function isElsewhere({ addresses }: External, { number, targetPort }: ExternalPort): boolean {
  return addresses.length > 0 || targetPort !== number;
}

function unique(limits: readonly Limit[]): readonly Limit[] {
  return [...new Map(limits.map((limit) => [canonicalJson(limit), limit])).values()];
}
