import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { findingsJunit } from '../../../src/ui/findings/junit.ts';
import { at, findingsOf, suppressedAt } from './some-findings.ts';

describe('findingsJunit', () => {
  test('has a suite for each file and a test for each finding: failed, passed with output, or skipped', () => {
    const findings = findingsOf([at(6), at(7, 'warning')], {
      suppressed: [suppressedAt(7)],
      prefix: 'deploy/',
    });
    expect(findingsJunit(findings)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="mesh validate" tests="4" failures="1" errors="0" skipped="1" time="0">
  <testsuite name="deploy/mesh.yaml" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase name="no findings" classname="deploy/mesh.yaml" file="deploy/mesh.yaml" time="0"/>
  </testsuite>
  <testsuite name="deploy/routes.yaml" tests="3" failures="1" errors="0" skipped="1" time="0">
    <testcase name="MESH1100 at 6:7" classname="deploy/routes.yaml" file="deploy/routes.yaml" line="6" time="0">
      <failure type="error" message="unknown field &quot;wieght&quot;">deploy/routes.yaml:6:7 error MESH1100
unknown field &quot;wieght&quot;
mesh explain MESH1100</failure>
    </testcase>
    <testcase name="MESH1100 at 7:7" classname="deploy/routes.yaml" file="deploy/routes.yaml" line="7" time="0">
      <system-out>deploy/routes.yaml:7:7 warning MESH1100
unknown field &quot;wieght&quot;
mesh explain MESH1100</system-out>
    </testcase>
    <testcase name="MESH2210 at 7:7" classname="deploy/routes.yaml" file="deploy/routes.yaml" line="7" time="0">
      <skipped message="unknown field &quot;wieght&quot; (suppressed: known to the team)"/>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  test('a finding that --fail-on names is a failure', () => {
    const xml = findingsJunit(findingsOf([at(7, 'warning')], { failOn: 'warning' }));
    expect(xml).toContain('<failure type="warning"');
    expect(xml).toContain('failures="1"');
  });

  test('hostile text stays text, and characters that XML can not contain are escaped', () => {
    const hostile = {
      ...at(6),
      message: '</failure><x a="&">\u0000\u001b[2J]]>\ufffe',
      location: { ...at(6).location, file: 'a"<&\u0007.yaml' },
    };
    const xml = findingsJunit(findingsOf([hostile]));
    expect(xml).not.toMatch(/[^\n\x20-\x7e]/);
    const parse = 'import sys, xml.dom.minidom as d; d.parseString(sys.stdin.buffer.read())';
    const parsed = spawnSync('python3', ['-c', parse], { input: xml, encoding: 'utf8' });
    if (parsed.error) console.warn('skipped: no python3 to read the XML with');
    else expect(parsed.stderr).toBe('');
  });
});
