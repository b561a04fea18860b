const width = 120;

/** Returns YAML of JSON data, with each part on one line if it fits. */
export function compactYaml(value: unknown, indent = ''): string {
  if (Array.isArray(value))
    return value.map((entry) => `${indent}- ${item(entry, `${indent}  `)}`).join('\n');
  if (!isMap(value)) return `${indent}${scalar(value)}`;
  return Object.entries(value)
    .map(([key, entry]) => {
      const line = `${indent}${scalar(key)}: ${flow(entry)}`;
      if (line.length <= width || isLeaf(entry)) return line;
      return `${indent}${scalar(key)}:\n${compactYaml(entry, Array.isArray(entry) ? indent : `${indent}  `)}`;
    })
    .join('\n');
}

/** Returns the value on one line. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (!isMap(value)) return scalar(value);
  return `{${Object.entries(value)
    .map(([key, entry]) => `${scalar(key)}: ${flow(entry)}`)
    .join(', ')}}`;
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLeaf(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

function item(entry: unknown, indent: string): string {
  const line = flow(entry);
  if (indent.length + line.length <= width || isLeaf(entry)) return line;
  return compactYaml(entry, indent).slice(indent.length);
}

/** Returns a scalar, unquoted if YAML 1.2 and 1.1 both read the same text back. */
function scalar(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[a-z/][\w./-]*$/i.test(value) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value);
}
