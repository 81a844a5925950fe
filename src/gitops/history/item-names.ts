import { textAt } from "../catalogue/node-access.ts";
import type { YamlSequence } from "../yaml-tree.ts";

/** Items by their `name` (or `key`, `id`) where no other item of the list has the same, by their places otherwise. */
export function itemNames({ items }: YamlSequence): readonly string[] {
  const keys = ["name", "key", "id"].map((key) => {
    const own = items.map((item) => textAt(item, key));
    const counts = new Map<string | undefined, number>();
    for (const value of own) counts.set(value, (counts.get(value) ?? 0) + 1);
    return { key, own, counts };
  });
  return items.map((_, index) => {
    for (const { key, own, counts } of keys) {
      const value = own[index];
      if (value !== undefined && counts.get(value) === 1) return `[${key}=${encodeURIComponent(value)}]`;
    }
    return `[${index}]`;
  });
}
