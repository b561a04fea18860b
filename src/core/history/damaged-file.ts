import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';

/** The error for a stored file whose content isn't what was written (exit code 1). */
export class DamagedFile extends PortError {
  readonly file: string;

  /** `why` continues "… is damaged: "; `wayOut` is a sentence that says what to do, if something helps. */
  constructor(file: string, why: string, wayOut?: string, options?: ErrorOptions) {
    super(`${file} is damaged: ${why}${wayOut === undefined ? '' : `; ${wayOut}`}`, exit.failed, options);
    this.name = 'DamagedFile';
    this.file = file;
  }
}
