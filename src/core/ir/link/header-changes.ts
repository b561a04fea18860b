import { defineMessages, finding } from '../../diagnostics/message.ts';
import { withoutBlanks } from '../../lib/without-blanks.ts';
import type { HeaderChanges as WrittenChanges } from '../../spec/types.gen.ts';
import type { Header, HeaderChanges } from '../route.ts';
import type { Linking } from './linking.ts';
import { entriesOf, itemsOf, keyLocationOf, type SpecPlace } from './spec-place.ts';

export const messages = defineMessages({
  MESH2060: {
    severity: 'error',
    text: 'the header {name} is changed twice',
    explanation:
      'A header name may occur only once in `set`, `add` and `remove` together; upper and lower case are the same name.',
  },
  MESH2061: {
    severity: 'error',
    text: 'the host is not changed as a header',
    explanation: 'The Host of a request decides where it goes. Write `rewrite: {host: …}`.',
  },
});

export const noHeaderChanges: HeaderChanges = { set: [], add: [], remove: [] };

/**
 * Returns the changes of the headers of a request or an answer, sorted by name; reports contradictions. Blanks around a
 * value are removed.
 */
export function headerChanges(linking: Linking, written: WrittenChanges | undefined): HeaderChanges {
  if (written === undefined) return noHeaderChanges;
  const first = new Map<string, SpecPlace>();
  const note = (key: string, at: SpecPlace): string => {
    const name = key.toLowerCase();
    const earlier = first.get(name);
    if (earlier !== undefined) {
      const related = [{ location: keyLocationOf(earlier), message: 'the first change' }];
      linking.report(finding(messages, 'MESH2060', keyLocationOf(at), { name }, { related }));
    }
    first.set(name, at);
    if (name === 'host') linking.report(finding(messages, 'MESH2061', keyLocationOf(at), {}));
    return name;
  };
  const headers = (map: WrittenChanges['set']): readonly Header[] =>
    entriesOf(map)
      .map(([key, value, at]) => ({ name: note(key, at), value: withoutBlanks(value) }))
      .sort(byName);
  const set = headers(written.set);
  const add = headers(written.add);
  return {
    set,
    add,
    remove: itemsOf(written.remove)
      .map(([key, at]) => note(key, at))
      .sort(),
  };
}

function byName(one: Header, other: Header): number {
  if (one.name === other.name) return 0;
  return one.name < other.name ? -1 : 1;
}
