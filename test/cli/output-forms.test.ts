import { describe, expect, test } from 'vitest';
import { optionForms, outputForms } from './output-forms.ts';
import { conforming, conformingLines } from './output-schema.ts';
import { Repository, shop } from './repository.ts';

describe('output for programs fits schemas/output', () => {
  const forms = Object.entries({ ...outputForms, ...optionForms });

  test.each(forms)('mesh %s', (name, { schema, runs, before = [], files = shop }) => {
    const format = name.slice(name.lastIndexOf(' ') + 1);
    const repository = new Repository(files).committed();
    for (const step of before) {
      if (isCommand(step)) expect(repository.mesh(step).code).toBe(0);
      else for (const [file, text] of Object.entries(step)) repository.write(file, text);
    }
    for (const args of runs) {
      const { out, error, code } = repository.started([...args, '--format', format]);
      expect(out, error).not.toBe('');
      if (format === 'ndjson') conformingLines(schema, out);
      else conforming(schema, out);
      // The run has an answer: it isn't a usage error or a defect.
      expect([64, 1], error).not.toContain(code);
    }
  });
});

function isCommand(step: object): step is readonly string[] {
  return Array.isArray(step);
}
