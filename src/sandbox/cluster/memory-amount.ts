/** An amount of memory as Kubernetes spells it (`256Mi`, `1.5Gi`, `300M`), in MiB. undefined for what is none. */
export function memoryAmount(text: string): number | undefined {
  const [, amount = "", unit = ""] = /^(\d+(?:\.\d+)?)(|[KMG]i|[kMG])$/.exec(text) ?? [];
  const bytes = bytesOf.get(unit);
  return amount === "" || bytes === undefined ? undefined : (Number(amount) * bytes) / 2 ** 20;
}

const bytesOf: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["Ki", 2 ** 10],
  ["Mi", 2 ** 20],
  ["Gi", 2 ** 30],
  ["k", 1e3],
  ["M", 1e6],
  ["G", 1e9],
]);
