import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Backend, Route } from '../../ir/route.ts';
import { formatOrigin } from '../../location.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2218: {
    severity: 'warning',
    text: '{service} {version} has no endpoints, so requests for this backend get 503',
    explanation:
      'The service declares endpoints, but none for the version of this backend. Declare them, or give the backend weight 0 until they exist.',
  },
});

/** Reports backends whose declared list of instances is empty. */
export const noInstances: Analyzer = {
  name: 'no-instances',
  description: 'Reports backends whose version has no endpoints while its service declares some.',
  messages,
  analyze({ ir }, report) {
    const seen = new Set<string>();
    for (const { ports } of [...Object.values(ir.services), ...Object.values(ir.externals)]) {
      for (const { route } of ports) if (!route.implicit) check(ir, route, report, seen);
    }
    for (const { listeners } of Object.values(ir.gateways)) {
      for (const { route } of listeners.flatMap(({ virtualHosts }) => virtualHosts))
        check(ir, route, report, seen);
    }
  },
};

function check(ir: Ir, { rules }: Route, report: Report, seen: Set<string>): void {
  for (const { action } of rules) {
    for (const backend of action.type === 'forward' ? action.backends : []) {
      const key = formatOrigin(backend.origin);
      if (backend.weight === 0 || seen.has(key) || !isEmpty(ir, backend)) continue;
      seen.add(key);
      const version = backend.version === undefined ? '(all versions)' : `version ${backend.version}`;
      report(finding(messages, 'MESH2218', pointAt(backend.origin), { service: backend.service, version }));
    }
  }
}

function isEmpty(ir: Ir, { service, version }: Backend): boolean {
  const versions = ir.services[service]?.versions ?? [];
  const meant = versions.filter(({ name }) => version === undefined || name === version);
  return meant.length > 0 && meant.every(({ instances }) => instances?.length === 0);
}
