import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { read } from './read.ts';

/** Examples of YAML 1.2.2 by their number, with `→` for a tab and `·` for a blank at the end of a line. */
const examples: Readonly<Record<string, string>> = {
  '2.1': '- Mark McGwire\n- Sammy Sosa\n- Ken Griffey\n',
  '2.2': 'hr:  65    # Home runs\navg: 0.278 # Batting average\nrbi: 147   # Runs Batted In\n',
  '2.3': 'american:\n- Boston Red Sox\n- Detroit Tigers\nnational:\n- New York Mets\n- Chicago Cubs\n',
  '2.4':
    '-\n  name: Mark McGwire\n  hr:   65\n  avg:  0.278\n-\n  name: Sammy Sosa\n  hr:   63\n  avg:  0.288\n',
  '2.5': '- [name        , hr, avg  ]\n- [Mark McGwire, 65, 0.278]\n- [Sammy Sosa  , 63, 0.288]\n',
  '2.6': 'Mark McGwire: {hr: 65, avg: 0.278}\nSammy Sosa: {\n    hr: 63,\n    avg: 0.288,\n }\n',
  '2.7':
    '# Ranking of 1998 home runs\n---\n- Mark McGwire\n- Sammy Sosa\n\n# Team ranking\n---\n- Chicago Cubs\n',
  '2.8':
    '---\ntime: 20:03:20\nplayer: Sammy Sosa\naction: strike (miss)\n...\n---\ntime: 20:03:47\naction: grand slam\n...\n',
  '2.9':
    '---\nhr: # 1998 hr ranking\n- Mark McGwire\n- Sammy Sosa\n# 1998 rbi ranking\nrbi:\n- Sammy Sosa\n- Ken Griffey\n',
  '2.10':
    '---\nhr:\n- Mark McGwire\n# Following node labeled SS\n- &SS Sammy Sosa\nrbi:\n- *SS # Subsequent occurrence\n- Ken Griffey\n',
  '2.12':
    '---\n# Products purchased\n- item    : Super Hoop\n  quantity: 1\n- item    : Basketball\n  quantity: 4\n',
  '2.13': '# ASCII Art\n--- |\n  \\//||\\/||\n  // ||  ||__\n',
  '2.14': "--- >\n  Mark McGwire's\n  year was crippled\n  by a knee injury.\n",
  '2.15':
    '--- >\n Sammy Sosa completed another\n fine season with great stats.\n\n   63 Home Runs\n   0.288 Batting Average\n\n What a year!\n',
  '2.16':
    'name: Mark McGwire\naccomplishment: >\n  Mark set a major league\n  home run record in 1998.\nstats: |\n  65 Home Runs\n  0.278 Batting Average\n',
  '2.17': `unicode: "Sosa did fine.\\u263A"\ncontrol: "\\b1998\\t1999\\t2000\\n"\nhex esc: "\\x0d\\x0a is \\r\\n"\n\nsingle: '"Howdy!" he cried.'\nquoted: ' # Not a ''comment''.'\ntie-fighter: '|\\-*-/|'\n`,
  '2.18':
    'plain:\n  This unquoted scalar\n  spans many lines.\n\nquoted: "So does this\n  quoted scalar.\\n"\n',
  '2.19': 'canonical: 12345\ndecimal: +12345\noctal: 0o14\nhexadecimal: 0xC\n',
  '2.20': 'canonical: 1.23015e+3\nexponential: 12.3015e+02\nfixed: 1230.15\n',
  '2.21': "null:\nbooleans: [ true, false ]\nstring: '012345'\n",
  '5.7': 'literal: |\n  some\n  text\nfolded: >\n  some\n  text\n',
  '5.8': 'single: \'text\'\ndouble: "text"\n',
  '6.1':
    '  # Leading comment line spaces are\n  # neither content nor indentation.\n\nNot indented:\n By one space: |\n    By four\n      spaces\n Flow style: [    # Leading spaces\n   By two,        # in flow style\n  Also by two,    # are neither\n    Still by two  # content nor\n    ]             # indentation.\n',
  '6.5': 'Folding:\n  "Empty line\n\n  as a line feed"\nClipped empty lines: |\n  text\n\n',
  '6.9': 'key:    # Comment\n  value\n\n\n',
  '6.12': '{ first: Sammy, last: Sosa }:\n# Statistics:\n  hr:  # Home runs\n     65\n',
  '6.28': '# Assuming conventional resolution:\n- "12"\n- 12\n- ! 12\n',
  '7.1':
    'First occurrence: &anchor Foo\nSecond occurrence: *anchor\nOverride anchor: &anchor Bar\nReuse anchor: *anchor\n',
  '7.2': '{\n  foo : !!str,\n  bar : x,\n}\n',
  '7.4': "'implicit block key' : [\n  'implicit flow key' : value,\n ]\n",
  '7.5': '"folded·\nto a space,→\n·\nto a line feed, or →\\\n ·\\·→non-content"\n',
  '7.7': "' 1st non-empty\n\n 2nd non-empty·\n→3rd non-empty '\n",
  '7.10':
    '# Outside flow collection:\n- ::vector\n- ": - ()"\n- Up, up, and away!\n- -123\n- https://example.com/foo#bar\n# Inside flow collection:\n- [ ::vector,\n  ": - ()",\n  "Up, up and away!",\n  -123,\n  https://example.com/foo#bar ]\n',
  '7.12': '1st non-empty\n\n·2nd non-empty·\n→3rd non-empty\n',
  '7.13': '- [ one, two, ]\n- [three ,four]\n',
  '7.14':
    '[\n"double\n quoted", \'single\n           quoted\',\nplain\n text, [ nested ],\nsingle: pair,\n]\n',
  '7.15': '- { one : two , three: four , }\n- {five: six,seven : eight}\n',
  '7.18': '{\nunquoted : "separate",\nhttps://foo.com,\nomitted value:,\n}\n',
  '7.20': '[\n? foo\n bar : baz\n]\n',
  '8.1':
    '- | # Empty header\n literal\n- >1 # Indentation indicator\n  folded\n- |+ # Chomping indicator\n keep\n\n- >1- # Both indicators\n  strip\n',
  '8.4': 'strip: |-\n  text\nclip: |\n  text\nkeep: |+\n  text\n',
  '8.6': 'strip: >-\n\nclip: >\n\nkeep: |+\n\n',
  '8.10':
    '>\n\n folded\n line\n\n next\n line\n   * bullet\n\n   * list\n   * lines\n\n last\n line\n\n# Comment\n',
  '8.15':
    '- # Empty\n- |\n block node\n- - one # Compact\n  - two # sequence\n- one: two # Compact mapping\n',
  '8.16': 'block mapping:\n key: value\n',
  '8.17':
    '? explicit key # Empty value\n? |\n  block key\n: - one # Explicit compact\n  - two # block value\n',
  '8.18': 'plain key: in-line value\nother: # Both empty\n"quoted key":\n- entry\n',
  '8.20': '-\n  "flow in block"\n- >\n Block scalar\n- !!map # Block collection\n  foo : bar\n',
  '8.22': 'sequence: !!seq\n- entry\n- !!seq\n - nested\nmapping: !!map\n foo: bar\n',
  '9.2': '%YAML 1.2\n---\nDocument\n... # Suffix\n',
  '9.3': 'Bare\ndocument\n...\n# No document\n...\n|\n%!PS-Adobe-2.0 # Not the first line\n',
  '9.4': '---\n{ matches\n% : 20 }\n...\n---\n# Empty\n...\n',
};

/** Refused because a key isn't a string: `null` in 2.21, a map in 6.12. */
const refused = ['2.21', '6.12'];

test.each(Object.entries(examples))(
  'example %s of YAML 1.2.2 is read as `yaml` reads it, or refused',
  (number, shown) => {
    const text = shown.replaceAll('→', '\t').replaceAll('·', ' ');
    const documents = parseAllDocuments(text, { version: '1.2', schema: 'core', logLevel: 'silent' });
    const theirs = Array.isArray(documents) ? documents.map((document) => document.toJS() as unknown) : [];
    const { values, found } = read(text);
    if (refused.includes(number)) expect(found).toEqual([expect.stringContaining('MESH1012')]);
    else {
      expect(found).toEqual([]);
      // Between two `...` there is no document (9.1.3, and the text of 9.3); `yaml` reads an empty one.
      const meant = number === '9.3' ? theirs.filter((value) => value !== null) : theirs;
      expect(JSON.parse(JSON.stringify(values))).toEqual(meant);
    }
  },
);
