/** Returns JSON data as YAML on one line, as people would write it in a document. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => `${flow(key)}: ${flow(inner)}`);
    return `{${entries.join(', ')}}`;
  }
  if (typeof value !== 'string') return JSON.stringify(value);
  return plain.test(value) && !taken.test(value) ? value : JSON.stringify(value);
}

const plain = /^[A-Za-z0-9/_.$-](?:[A-Za-z0-9/_.%$* -]*[A-Za-z0-9/_.%$*-])?$/;

/** Texts that YAML would not read as a string. */
const taken = /^(?:-|-?[\d.][\d.e+-]*|0x[\da-f]+|0o[0-7]+|-?\.inf|\.nan|true|false|null|~|- .*|---.*)$/i;
