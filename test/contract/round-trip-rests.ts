/** The cases of a target whose files differ after a round trip: the kinds that differ, and the reason for each kind. */
export interface RoundTripRest {
  readonly reasons: Readonly<Record<string, string>>;
  readonly cases: Readonly<Record<string, readonly string[]>>;
}

/**
 * The cases whose output is not byte-equal after it was read back and compiled again, by target. The list only shrinks: a case
 * that becomes equal has to leave it.
 */
export const roundTripRests: Readonly<Record<string, RoundTripRest>> = {
  envoy: {
    reasons: {
      bootstrap:
        'the order of instances by their places, and services that are hidden from a namespace at ports of connections, are read in another form',
      cds: 'the hosts of an External are not read, nor the order of instances by their places',
      lds: 'rules of a port have the numbers of that port alone; tracing, tokens, and short names of shared listeners are not read',
      rds: 'Routes of two ports are read as two, and rules of one port as those of that port alone; preflights and the hosts of an External are not read, nor expressions about bytes of characters',
      unlinked: 'tokens and egress gateways are not read, and rules that name them refer to nothing',
    },
    cases: {
      access: ['rds'],
      anywhere: ['cds', 'rds'],
      attacks: ['unlinked'],
      balancing: ['cds', 'rds'],
      browsers: ['rds'],
      characters: ['rds'],
      checked: ['lds', 'rds'],
      clients: ['rds'],
      cookies: ['rds'],
      doors: ['lds'],
      entrance: ['unlinked'],
      nearby: ['bootstrap', 'cds', 'lds', 'rds'],
      onward: ['rds'],
      order: ['rds'],
      outside: ['unlinked'],
      secured: ['lds', 'rds'],
      shared: ['lds', 'rds'],
      streams: ['bootstrap', 'cds', 'lds', 'rds'],
      tokens: ['unlinked'],
      watched: ['lds'],
    },
  },
  linkerd: {
    reasons: {
      authorizationpolicy:
        'the name has a digest of all matches of its port, and matches that nobody may use are not read',
      httproute:
        'rules with retries are divided by the settings of their annotations, and by bytes of characters; matches that nobody may use are not read',
      meshtlsauthentication: 'rules about cookies are read as expressions, which Access has not',
    },
    cases: {
      access: ['authorizationpolicy', 'httproute'],
      attacks: ['authorizationpolicy', 'httproute'],
      balancing: ['httproute'],
      browsers: ['httproute'],
      calls: ['httproute'],
      characters: ['httproute'],
      cookies: ['authorizationpolicy', 'httproute', 'meshtlsauthentication'],
      identity: ['authorizationpolicy', 'httproute'],
      objects: ['authorizationpolicy', 'httproute'],
      onward: ['httproute'],
      order: ['httproute'],
      outside: ['httproute'],
      splits: ['httproute'],
      streams: ['authorizationpolicy', 'httproute'],
      tokens: ['httproute'],
    },
  },
  istio: {
    reasons: {
      authorizationpolicy: 'policies of an egress gateway name listeners of the mesh, which are not read',
      destinationrule: 'the settings of an External at a gateway are read as those of the gateway',
      envoyfilter: 'preflights that are read as rules of their own have other filters',
      gateway: 'listeners of the mesh at an egress gateway are not read',
      virtualservice:
        'preflights of rules are read as rules of their own; Routes that share a host at a gateway, and redirects to listeners that Istio does not serve, are read as rules of one Route',
    },
    cases: {
      attacks: ['destinationrule', 'envoyfilter', 'gateway', 'virtualservice'],
      browsers: ['virtualservice'],
      clients: ['virtualservice'],
      entrance: ['envoyfilter', 'virtualservice'],
      onward: ['virtualservice'],
      outside: ['authorizationpolicy', 'destinationrule', 'gateway', 'virtualservice'],
    },
  },
  'gateway-api': {
    reasons: {
      httproute:
        'the rank of an expression, which each mesh chooses, decides about the order of rules; several prefixes of one rewrite are several rules; a redirect to another scheme without a port, and bytes of characters, are read in another form',
    },
    cases: {
      browsers: ['httproute'],
      calls: ['httproute'],
      characters: ['httproute'],
      onward: ['httproute'],
      picked: ['httproute'],
    },
  },
  consul: {
    reasons: {
      mesh: 'the mode of mTLS of a service that takes plain text is read only where an Access lets anyone in',
      servicedefaults: "a gateway, which Consul's output has not, is read as a service that calls",
      serviceintentions:
        'refused requests are read as exceptions of each permission after them; a gateway is read as a service that calls',
      serviceresolver:
        'a gateway is read as a service that calls; the versions of an External are read as those of a service',
      servicerouter:
        'alternatives of one condition are read as rules of their own, rewrites by characters as two; a gateway is read as a service that calls',
    },
    cases: {
      access: ['serviceintentions'],
      answers: ['servicerouter'],
      attacks: ['serviceintentions'],
      characters: ['serviceintentions', 'servicerouter'],
      checked: ['servicedefaults', 'serviceintentions', 'serviceresolver', 'servicerouter'],
      clients: ['servicedefaults', 'serviceintentions', 'serviceresolver', 'servicerouter'],
      colours: ['servicedefaults', 'serviceintentions', 'serviceresolver', 'servicerouter'],
      cookies: ['servicedefaults', 'serviceintentions', 'serviceresolver', 'servicerouter'],
      doors: ['mesh', 'servicedefaults'],
      entrance: ['servicedefaults', 'serviceintentions', 'serviceresolver', 'servicerouter'],
      leaving: ['mesh', 'servicedefaults', 'serviceintentions', 'serviceresolver', 'servicerouter'],
      matches: ['servicerouter'],
      objects: ['serviceintentions'],
      outside: ['serviceresolver', 'servicerouter'],
      picked: ['serviceintentions', 'servicerouter'],
      pipelines: ['servicedefaults', 'serviceintentions', 'serviceresolver', 'servicerouter'],
      shared: ['servicedefaults', 'serviceintentions', 'serviceresolver', 'servicerouter'],
      streams: ['serviceintentions'],
    },
  },
  kuma: {
    reasons: {
      meshhttproute:
        'a prefix that goes before the expression of an earlier rule, and a rule that no request reaches, are read in another order; bytes of characters are read in another form',
    },
    cases: {
      attacks: ['meshhttproute'],
      browsers: ['meshhttproute'],
      characters: ['meshhttproute'],
      onward: ['meshhttproute'],
    },
  },
  'kuma as universal': {
    reasons: {
      meshhttproute:
        'a prefix that goes before the expression of an earlier rule, and a rule that no request reaches, are read in another order; bytes of characters are read in another form',
    },
    cases: {
      attacks: ['meshhttproute'],
      browsers: ['meshhttproute'],
      characters: ['meshhttproute'],
      onward: ['meshhttproute'],
    },
  },
  'app-mesh': {
    reasons: {
      gatewayroute:
        'rules that the target divides, by the methods of retries, by ports or by the forms of a prefix, are read as their parts',
      service: 'the pods of a version are read as a service',
      virtualgateway: 'a gateway that nobody may use is not written again',
      virtualnode:
        'services that are hidden from a namespace, and settings of one version, are read in another form',
      virtualrouter:
        'conditions on cookies are patterns of a header that the language reads cookie by cookie, and are lost; a rule that sends to an External is read as an answer',
      virtualservice: 'the pods of a version are read as a service',
    },
    cases: {
      anywhere: ['virtualnode'],
      characters: ['virtualrouter'],
      checked: ['virtualnode'],
      cookies: ['virtualrouter'],
      entrance: ['gatewayroute', 'virtualgateway', 'virtualrouter', 'virtualservice'],
      leaving: ['virtualnode'],
      order: ['virtualnode', 'virtualrouter'],
      outside: ['virtualrouter'],
      platform: ['virtualnode'],
      shared: ['service', 'virtualnode'],
      streams: ['service', 'virtualnode', 'virtualrouter'],
    },
  },
  'app-mesh as aws-api': {
    reasons: {
      'gateway-route': 'the virtual service of a version is read as that of a service',
      route:
        'conditions on cookies are patterns of a header that the language reads cookie by cookie, and are lost; a rule that sends to an External is read as an answer',
      'virtual-gateway': 'rules of Access that let nobody in through a gateway are read as an open gateway',
      'virtual-node':
        'services that are hidden from a namespace, and settings of one version, are read in another form',
      'virtual-router': 'the node of a version is read as a service',
      'virtual-service': 'the node of a version is read as a service',
    },
    cases: {
      anywhere: ['virtual-node'],
      characters: ['route'],
      checked: ['virtual-node'],
      cookies: ['route'],
      entrance: ['gateway-route', 'virtual-gateway', 'virtual-router', 'virtual-service'],
      leaving: ['virtual-node'],
      order: ['route', 'virtual-node'],
      outside: ['route'],
      platform: ['virtual-node'],
      shared: ['virtual-node'],
      streams: ['route', 'virtual-node'],
    },
  },
  smi: { reasons: {}, cases: {} },
  osm: { reasons: {}, cases: {} },
  'traefik-mesh': { reasons: {}, cases: {} },
  'nginx-service-mesh': { reasons: {}, cases: {} },
  cilium: {
    reasons: {
      ciliumnetworkpolicy:
        'callers with the same rules are read as one rule, and expressions of paths as the expressions that they became; addresses of Externals are not read as hosts',
      httproute:
        'a redirect to another scheme without a port, several prefixes of one rewrite, and rules whose order an expression decides, are read in another form',
      referencegrant: 'a Route of another namespace is read as one of the namespace of its Gateway',
      tlsroute: 'a Route of another namespace is read as one of the namespace of its Gateway',
    },
    cases: {
      access: ['ciliumnetworkpolicy'],
      answers: ['httproute'],
      asked: ['ciliumnetworkpolicy'],
      attacks: ['ciliumnetworkpolicy', 'httproute'],
      balancing: ['ciliumnetworkpolicy'],
      browsers: ['httproute'],
      calls: ['ciliumnetworkpolicy', 'httproute'],
      characters: ['httproute'],
      checked: ['ciliumnetworkpolicy'],
      clients: ['httproute'],
      doors: ['ciliumnetworkpolicy'],
      entrance: ['ciliumnetworkpolicy', 'httproute', 'referencegrant'],
      identity: ['ciliumnetworkpolicy'],
      leaving: ['httproute'],
      objects: ['ciliumnetworkpolicy'],
      onward: ['httproute'],
      outside: ['ciliumnetworkpolicy'],
      picked: ['httproute'],
      pipelines: ['ciliumnetworkpolicy'],
      sealed: ['ciliumnetworkpolicy'],
      secured: ['ciliumnetworkpolicy'],
      shared: ['httproute'],
      streams: ['ciliumnetworkpolicy', 'referencegrant', 'tlsroute'],
    },
  },
  'gloo-mesh': {
    reasons: {
      authorizationpolicy: 'policies of an egress gateway name listeners of the mesh, which are not read',
      destinationrule: 'the settings of an External at a gateway are read as those of the gateway',
      envoyfilter: 'preflights that are read as rules of their own have other filters',
      gateway: 'listeners of the mesh at an egress gateway are not read',
      virtualservice:
        'preflights of rules are read as rules of their own; Routes that share a host at a gateway, and redirects to listeners that Istio does not serve, are read as rules of one Route',
    },
    cases: {
      answers: ['virtualservice'],
      attacks: ['destinationrule', 'envoyfilter', 'gateway', 'virtualservice'],
      browsers: ['virtualservice'],
      clients: ['virtualservice'],
      entrance: ['envoyfilter', 'virtualservice'],
      onward: ['virtualservice'],
      outside: ['authorizationpolicy', 'destinationrule', 'gateway', 'virtualservice'],
    },
  },
  tsb: {
    reasons: {
      authorizationpolicy: 'policies of an egress gateway name listeners of the mesh, which are not read',
      destinationrule: 'the settings of an External at a gateway are read as those of the gateway',
      envoyfilter: 'preflights that are read as rules of their own have other filters',
      gateway: 'listeners of the mesh at an egress gateway are not read',
      virtualservice:
        'preflights of rules are read as rules of their own; Routes that share a host at a gateway, and redirects to listeners that Istio does not serve, are read as rules of one Route',
    },
    cases: {
      answers: ['virtualservice'],
      attacks: ['destinationrule', 'envoyfilter', 'gateway', 'virtualservice'],
      browsers: ['virtualservice'],
      clients: ['virtualservice'],
      entrance: ['envoyfilter', 'virtualservice'],
      onward: ['virtualservice'],
      outside: ['authorizationpolicy', 'destinationrule', 'gateway', 'virtualservice'],
    },
  },
};
