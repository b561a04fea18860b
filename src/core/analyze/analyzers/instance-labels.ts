import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import type { Service } from '../../ir/service.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2224: {
    severity: 'warning',
    text: 'every instance of the version {other} is one of {version} as well: its labels fit, too',
    explanation:
      'Where no `endpoints` are declared, the labels choose the instances of a version. Labels that are part of another version’s choose its instances as well, so that a split or a canary reaches the wrong ones. Give each version a label of its own.',
  },
  MESH2227: {
    severity: 'warning',
    text: 'the workload of {service} is that of {other}, and its port {port} speaks {protocol} here and {otherProtocol} there',
    explanation:
      'Two services with the same labels are the same instances. One port of an instance can’t speak two protocols: its proxy takes one of them. Correct the labels, or the protocol.',
  },
});

/** Reports labels that choose instances of other versions or services. */
export const instanceLabels: Analyzer = {
  name: 'instance-labels',
  description: 'Reports versions and services whose labels choose instances of others with other contents.',
  messages,
  analyze({ ir }, report) {
    const byLabels = new Map<string, Service[]>();
    for (const service of Object.values(ir.services)) {
      const { namespace, workload, versions } = service;
      if (versions.some(({ instances }) => instances !== undefined)) continue;
      // Without any labels nothing is said about the instances yet.
      const isLabelled = versions.some(({ labels }) => Object.keys(labels).length > 0);
      for (const [index, { name, labels, origin }] of isLabelled ? versions.entries() : []) {
        const other = versions.find(
          (one, at) =>
            at !== index && includes(one.labels, labels) && !(at < index && includes(labels, one.labels)),
        );
        if (other !== undefined)
          report(finding(messages, 'MESH2224', pointAt(origin), { version: name, other: other.name }));
      }
      const key = JSON.stringify([namespace, Object.entries(workload.labels).sort()]);
      byLabels.set(key, [...(byLabels.get(key) ?? []), service]);
    }
    for (const [first, ...others] of byLabels.values())
      if (first !== undefined) for (const other of others) checkPorts(first, other, report);
  },
};

/** Reports ports of two services over the same instances that speak different protocols at one port there. */
function checkPorts(first: Service, other: Service, report: Report): void {
  for (const { targetPort, protocol, origin } of other.ports) {
    const same = first.ports.find((port) => port.targetPort === targetPort);
    if (same === undefined || same.protocol === protocol) continue;
    const names = { service: other.id, other: first.id, otherProtocol: same.protocol };
    report(finding(messages, 'MESH2227', pointAt(origin), { ...names, port: targetPort, protocol }));
  }
}

/** Returns true if the labels contain all of others. */
function includes(labels: Service['labels'], others: Service['labels']): boolean {
  return Object.entries(others).every(([key, value]) => labels[key] === value);
}
