import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { finding } from '../../../../diagnostics/message.ts';
import type { Field } from '../../../../import/field.ts';
import type { Inventory, KnownPort } from '../../../../import/inventory.ts';
import type { NativeDocument } from '../../../../import/native-document.ts';
import { messages } from '../../../../import/verify/messages.ts';
import type { Location } from '../../../../location.ts';
import { type Form, type HolesOf, hole, holesOf } from './forms.ts';

/** The directory of the output, as files name it before they are written. */
const directory = '${DIR}/';

/** The most differences that are reported one by one. */
const mostFindings = 50;

/** The part of a manager of requests that other parts of the mesh decide. */
export interface NotedManager {
  readonly field: Field;
  /** True if it removes the header that marks health checks: only servers that answer them keep it. */
  readonly removesCheckHeader: boolean;
  readonly answersChecks: boolean;
}

/** One reading of an output: the files by their paths, what is known of services, and the findings so far. */
export class Reading {
  readonly trustDomain: string;
  readonly inventory: Inventory;
  readonly findings: Diagnostic[] = [];
  /** The times of calls to hosts that nothing names. */
  readonly unknownHostTimeouts: Field[] = [];
  /** The clusters of applications that calls are passed on to. */
  readonly applications: { readonly name: string; readonly id: string; readonly field: Field }[] = [];
  /** The names of the Routes that were read: `shop/reviews`. */
  readonly routeNames = new Set<string>();
  /** The managers of requests, whose settings depend on other parts of the mesh. */
  readonly managers: NotedManager[] = [];
  /** The ports that gateways send requests without TLS to, by host. */
  readonly httpsPorts: { readonly host: string; readonly port: number; readonly field: Field }[] = [];
  readonly #documents: ReadonlyMap<string, NativeDocument>;
  readonly #used = new Set<string>();

  constructor(documents: readonly NativeDocument[], trustDomain: string, inventory: Inventory) {
    this.trustDomain = trustDomain;
    this.inventory = inventory;
    this.#documents = new Map(documents.map((one) => [pathOf(one.location), one]));
  }

  /** Reports a field that has another form than the target writes. */
  readonly report = (field: Field, expected: string): void => {
    const place = field.name === '' ? 'a part' : field.name;
    if (this.findings.length < mostFindings)
      this.findings.push(
        finding(messages, 'MESH7031', field.location, { field: place, expected: `expected ${expected}` }),
      );
  };

  /** Reports two proxies that disagree. */
  disagree(subject: string, one: Field, other: Field): void {
    const place = ({ location: { file, range } }: Field): string => `${file}:${String(range.start.line)}`;
    if (this.findings.length < mostFindings)
      this.findings.push(
        finding(messages, 'MESH7032', other.location, { subject, one: place(one), other: place(other) }),
      );
  }

  /** Reads a message of this form; returns the fields at its holes. */
  take<const F>(field: Field, form: F): Readonly<Record<HolesOf<F>, Field>> {
    return holesOf(field, form as Form, this.report);
  }

  /** Reads a message of this form, which has no holes. */
  check(field: Field, form: Form): void {
    holesOf(field, form, this.report);
  }

  /** Returns the bootstraps of proxies. */
  bootstraps(): readonly NativeDocument[] {
    return [...this.#documents.values()].filter(({ root }) => root.at('node').isPresent);
  }

  /** Returns the resources of a file, each of which has to be of the type; none if the file isn't there. */
  resources(path: string, type: string, from: Field): readonly Field[] {
    const document = this.#documents.get(path);
    if (document === undefined) {
      this.report(from, `a file ${path} of the output`);
      return [];
    }
    const { root } = document;
    if (!this.#used.has(path)) {
      this.#used.add(path);
      root.at('version_info').withoutEffect('it says which revision it is');
      for (const key of Object.keys(root.value as object))
        if (key !== 'version_info' && key !== 'resources') this.report(root.at(key), 'no such field');
    }
    const list = root.at('resources').items();
    for (const one of list)
      if (one.at('@type').value === `type.googleapis.com/${type}`) one.at('@type').carried();
      else this.report(one.at('@type'), `a message of the type ${type}`);
    return list;
  }

  /** Notes that the bootstrap of a proxy was read. */
  read({ location }: NativeDocument): void {
    this.#used.add(pathOf(location));
  }

  /** Returns true if a file of the revision is there. */
  has(path: string): boolean {
    return this.#documents.has(path);
  }

  /** Returns the root of a file of the revision that is there. */
  root(path: string): Field {
    return (this.#documents.get(path) as NativeDocument).root;
  }

  /** Returns true if a file was read. */
  isUsed(path: string): boolean {
    return this.#used.has(path);
  }

  /** Returns the paths of all files. */
  get paths(): readonly string[] {
    return [...this.#documents.keys()];
  }

  /** Reads the source of a file of the revision; returns the path of the file. */
  revisionPath(source: Field): string {
    const { path } = this.take(source, {
      resource_api_version: 'V3',
      path_config_source: { path: hole('path'), watched_directory: { path: '${DIR}/config' } },
    });
    const text = path.text() ?? '';
    if (!text.startsWith(directory)) this.report(path, `a path below ${directory}config`);
    return text.slice(directory.length);
  }

  /** Reports files that nothing has named. */
  reportUnused(): void {
    for (const [path, { location }] of this.#documents)
      if (!this.#used.has(path))
        this.findings.push(
          finding(messages, 'MESH7033', location, { reason: `no file of the output names ${path}` }),
        );
  }

  /** Reads the name of the cluster of the application of a port; a check may open a connection alone. */
  application(cluster: Field, id: string, port: string): void {
    const name = cluster.text() ?? '';
    const base = name.replace(/\/connection$/, '');
    const protocol = this.port(id, port)?.protocol ?? '';
    if (base !== `app/${port}/${protocol}` && base !== `app/${id}/${port}`)
      this.report(cluster, 'the cluster of the application');
    this.applications.push({ name, id, field: cluster });
  }

  /** Returns a port of a service that the inventory has. */
  port(id: string, name: string): KnownPort | undefined {
    return this.inventory.service(id)?.ports.find((port) => port.name === name);
  }
}

/** Returns the path of a file within the directory of the output. */
function pathOf({ file }: Location): string {
  const start = file.lastIndexOf('config/current/');
  return start < 0 ? file : file.slice(start);
}
