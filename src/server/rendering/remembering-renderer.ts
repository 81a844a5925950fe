/** Renders the same files once: a plan, its assessment minutes later and the next incident mostly ask for the same. */
import { createHash } from "node:crypto";
import { BoundedCache } from "../../gitops/mirror/bounded-cache.ts";
import type { Renderer, Rendering, RenderJob } from "../../remediation/rendering/renderer.ts";

/** Of what was printed, all together. UTF-16 units. */
const keptLength = 16 * 1024 * 1024;

export function rememberingRenderer(renderer: Renderer): Renderer {
  const known = new BoundedCache<Promise<Rendering>>(keptLength);
  return {
    tools: renderer.tools,
    render(job) {
      const key = keyOf(job);
      const before = known.get(key);
      if (before !== undefined) return before;
      const rendering = renderer.render(job);
      known.set(key, rendering, 1);
      rendering.then(
        (result) => {
          if (result.outcome === "rendered") known.set(key, rendering, result.text.length + 1);
          // The next time may go better.
          else if (result.why === "time") known.delete(key);
        },
        () => known.delete(key),
      );
      return rendering;
    },
  };
}

/** Each part with its length before it, so that no two jobs read alike. */
function keyOf({ files, ...options }: RenderJob): string {
  const hash = createHash("sha256");
  const add = (part: string | Uint8Array): void => {
    hash.update(`${Buffer.byteLength(part)}:`).update(part);
  };
  add(JSON.stringify(options));
  for (const [path, content] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    add(path);
    add(content);
  }
  return hash.digest("hex");
}
