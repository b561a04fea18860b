import { expect, test } from 'vitest';
import { wrapLines } from '../../src/ui/wrap-lines.ts';

test('each line is broken for itself, and what follows is indented below it', () => {
  expect(wrapLines('  one two three\nfour', 9)).toBe('  one two\n      three\nfour');
});

test('a command stays whole, so that it can be copied', () => {
  const command = '  mesh apply plan.json --plan-id 0123456789';
  expect(wrapLines(command, 20)).toBe(command);
  const call = "Try: curl -H 'host: hello' http://127.0.0.1:27001/";
  expect(wrapLines(call, 20)).toBe(call);
  expect(wrapLines(`\u001b[1m${command}\u001b[22m`, 20)).toContain(command);
});

test('nothing is broken without a width', () => {
  expect(wrapLines('a b c', Number.POSITIVE_INFINITY)).toBe('a b c');
});
