/** An alert's identity as Alertmanager computes it: FNV-1a (64 bit) over the labels. */

const offsetBasis = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;
const mask = 0xffffffffffffffffn;
const separator = Uint8Array.of(0xff);

/** 16 lowercase hex digits. Labels are taken in byte order of their names; each name and each value ends with 0xff. */
export function fingerprint(labels: Readonly<Record<string, string>>): string {
  let hash = offsetBasis;
  const add = (bytes: Uint8Array) => {
    for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * prime) & mask;
  };
  const entries = Object.entries(labels).map(([name, value]) => [Buffer.from(name), Buffer.from(value)] as const);
  for (const [name, value] of entries.sort(([a], [b]) => Buffer.compare(a, b))) {
    for (const part of [name, separator, value, separator]) add(part);
  }
  return hash.toString(16).padStart(16, "0");
}
