import type { NativeDocument } from '../../../../import/native-document.ts';
import type { AccessLog, AccessLogOutput, OtlpReceiver } from '../../../../spec/types.gen.ts';
import { askedService } from '../asked-service.ts';
import { definitionsOf, type ProviderFields, providerFields } from '../provider-definitions.ts';
import type { Surroundings } from '../surroundings.ts';

/** The receivers of logs and spans that Telemetries name: the one of the mesh itself, and those that annotations define. */
export class Providers {
  readonly #definitions: ReadonlyMap<string, ProviderFields>;
  readonly #surroundings: Surroundings;

  constructor(documents: readonly NativeDocument[], surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#definitions = new Map(documents.flatMap(({ root }) => [...definitionsOf(root)]));
  }

  /** Returns form and receiver of an access log; undefined for a provider that the input doesn't define. */
  log(name: string): Pick<AccessLog, 'format' | 'output'> | undefined {
    const definition = this.#definitions.get(name);
    // The mesh itself writes a line of text for each request to standard output.
    if (definition === undefined) return name === 'envoy' ? { format: 'text', output: 'stdout' } : undefined;
    const { envoyFileAccessLog: file, envoyOtelAls: otlp } = definition;
    const settings = providerFields(file) ?? providerFields(otlp);
    const form = providerFields(settings?.['logFormat']);
    const format = form?.['labels'] === undefined ? 'text' : 'json';
    const output = file === undefined ? this.#otlpOutput(otlp) : outputOf(providerFields(file)?.['path']);
    return output === undefined ? undefined : { format, output };
  }

  /** Returns the receiver of spans; undefined for a provider that the input doesn't define. */
  spans(name: string): OtlpReceiver | undefined {
    return this.#receiver(this.#definitions.get(name)?.['opentelemetry']);
  }

  #otlpOutput(value: unknown): AccessLogOutput | undefined {
    const otlp = this.#receiver(value);
    return otlp && { otlp };
  }

  #receiver(value: unknown): OtlpReceiver | undefined {
    const { service: host, port: number } = providerFields(value) ?? {};
    if (typeof host !== 'string' || typeof number !== 'number') return undefined;
    return askedService(host, number, this.#surroundings);
  }
}

function outputOf(path: unknown): AccessLogOutput | undefined {
  if (typeof path !== 'string') return undefined;
  return path === '/dev/stdout' ? 'stdout' : { file: path };
}
