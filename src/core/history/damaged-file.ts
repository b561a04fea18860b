import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';

/** The error that a stored file differs from what was written (exit code 1). */
export class DamagedFile extends PortError {
  readonly file: string;

  /** `why` continues "… is damaged: "; `wayOut` is a sentence, if there is one. */
  constructor(file: string, why: string, wayOut?: string, options?: ErrorOptions) {
    super(`${file} is damaged: ${why}${wayOut === undefined ? '' : `; ${wayOut}`}`, exit.failed, options);
    this.name = 'DamagedFile';
    this.file = file;
  }
}
