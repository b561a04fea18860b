import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** Functions that make special files, by the name of the type in messages; a device can be reached only by a link. */
export const specialFiles: Readonly<Record<string, (file: string) => void | Promise<void>>> = {
  'a named pipe': (file) => {
    execFileSync('mkfifo', [file]);
  },
  'a folder': (file) => {
    mkdirSync(file);
  },
  'a device': (file) => {
    symlinkSync('/dev/zero', file);
  },
  // Opening a socket fails (open(2): ENXIO), so its type is never examined.
  ENXIO: (file) =>
    new Promise((resolve) => {
      const server = createServer().listen(path.resolve(file), resolve);
      onTestFinished(() => {
        server.close();
      });
    }),
};
