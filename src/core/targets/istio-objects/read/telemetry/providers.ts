import { defined } from '../../../../import/defined.ts';
import { idOfHost } from '../../../../import/inventory.ts';
import type { NativeDocument } from '../../../../import/native-document.ts';
import type { AccessLog, AccessLogOutput, OtlpReceiver } from '../../../../spec/types.gen.ts';
import type { Surroundings } from '../surroundings.ts';

/** The annotation in which objects list the providers that the mesh config has to define for them. */
const annotation = 'meshwright.dev/needs-providers';

type Fields = Readonly<Record<string, unknown>>;

/** The receivers of logs and spans that Telemetries name: the one of the mesh itself, and those that annotations define. */
export class Providers {
  readonly #definitions: ReadonlyMap<string, Fields>;
  readonly #surroundings: Surroundings;

  constructor(documents: readonly NativeDocument[], surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#definitions = new Map(documents.flatMap(definitionsOf));
  }

  /** Returns form and receiver of an access log; undefined for a provider that the input doesn't define. */
  log(name: string): Pick<AccessLog, 'format' | 'output'> | undefined {
    const definition = this.#definitions.get(name);
    // The mesh itself writes a line of text for each request to standard output.
    if (definition === undefined) return name === 'envoy' ? { format: 'text', output: 'stdout' } : undefined;
    const { envoyFileAccessLog: file, envoyOtelAls: otlp } = definition;
    const settings = fields(file) ?? fields(otlp);
    const form = fields(settings?.['logFormat']);
    const format = form?.['labels'] === undefined ? 'text' : 'json';
    const output = file === undefined ? this.#otlpOutput(otlp) : outputOf(fields(file)?.['path']);
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
    const { service: host, port: number } = fields(value) ?? {};
    if (typeof host !== 'string' || typeof number !== 'number') return undefined;
    const { externals, context } = this.#surroundings;
    const external = externals.find(({ hosts }) => hosts.includes(host.toLowerCase()));
    const service = context.inventory.service(idOfHost(host, 'default') ?? '');
    const id = external?.id ?? (service && `${service.namespace}/${service.name}`);
    const ports = external?.ports ?? service?.ports ?? [];
    const port = ports.find((one) => one.port === number)?.name;
    return id === undefined || port === undefined
      ? undefined
      : (defined({ service: id, port }) as OtlpReceiver);
  }
}

function outputOf(path: unknown): AccessLogOutput | undefined {
  if (typeof path !== 'string') return undefined;
  return path === '/dev/stdout' ? 'stdout' : { file: path };
}

function definitionsOf({ root }: NativeDocument): readonly (readonly [string, Fields])[] {
  const { value } = root.along('metadata', 'annotations', annotation);
  if (typeof value !== 'string') return [];
  let list: unknown;
  try {
    list = JSON.parse(value);
  } catch {
    return [];
  }
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown) => {
    const definition = fields(one);
    const name = definition?.['name'];
    return definition === undefined || typeof name !== 'string' ? [] : [[name, definition] as const];
  });
}

function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
