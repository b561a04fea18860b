import { createReadStream, writeFileSync, writeSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Served } from './served-mesh.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
const main = pathToFileURL(fileURLToPath(new URL('../../dist/main.js', import.meta.url)));
const [requests = '', answer = '', cache = ''] = process.argv.slice(2);

const home = process.cwd();
let count = 0;

enableCompileCache(cache);

// Runs commands one after another in this process, so that the code of `dist` is loaded and compiled once. A request is
// a line of JSON in the pipe `requests`. The answer is in the file `answer` before a byte on standard output announces
// it. If the test ends, this process ends, too.
process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL')).resume();
let unread = '';
for await (const chunk of createReadStream(requests, 'utf8') as AsyncIterable<string>) {
  unread += chunk;
  const lines = unread.split('\n');
  unread = lines.pop() ?? '';
  for (const line of lines) {
    writeFileSync(answer, JSON.stringify(await serve(JSON.parse(line) as Served)));
    writeSync(1, '.');
  }
}

/** Runs a command with its own arguments, environment, working directory, standard streams and signal handlers. */
async function serve({ args, env, cwd, input }: Served) {
  const written = { out: '', error: '' };
  const stdout = collecting((text) => (written.out += text));
  const stderr = collecting((text) => (written.error += text));
  const stdin = Readable.from(input === '' ? [] : [Buffer.from(input)]);
  for (const [name, stream] of Object.entries({ stdout, stderr, stdin }))
    Object.defineProperty(process, name, { value: stream, configurable: true });
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, env);
  process.chdir(cwd);
  process.argv = [process.execPath, bin, ...args];
  process.exitCode = undefined;
  const exited = new Promise<number>((resolve) => {
    process.exit = ((code?: number) => resolve(code ?? Number(process.exitCode ?? 0))) as typeof process.exit;
  });
  const before = new Map(process.eventNames().map((name) => [name, process.listeners(name as 'exit')]));
  count += 1;
  const ended = import(`${main.href}?command=${String(count)}`).then(() => Number(process.exitCode ?? 0));
  const code = await Promise.race([ended, exited]);
  process.emit('exit', code);
  for (const name of process.eventNames())
    for (const listener of process.listeners(name as 'exit'))
      if (!before.get(name)?.includes(listener)) process.removeListener(name, listener);
  process.exitCode = undefined;
  process.chdir(home);
  return { code, ...written };
}

function collecting(keep: (text: string) => void): Writable {
  const decoder = new TextDecoder();
  return new Writable({
    write(chunk: Buffer, _, done) {
      keep(decoder.decode(chunk, { stream: true }));
      done();
    },
  });
}
