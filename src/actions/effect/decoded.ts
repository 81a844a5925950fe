/** What Kubernetes wants in base64, and kustomize and charts put there so: as it is written where it comes from. Pure. */
import type { RenderedDifference } from "../../gitops/rendering/object-differences.ts";

/** undefined where it isn't encoded, or isn't text. */
export function decoded({ object, path, from, to, ...rest }: RenderedDifference): RenderedDifference | undefined {
  if (object.group !== "" || path.length !== 2 || path[0] !== encodedIn.get(object.kind)) return undefined;
  const [old, fresh] = [textOf(from), textOf(to)];
  if ((from !== undefined && old === undefined) || (to !== undefined && fresh === undefined)) return undefined;
  return { ...rest, object, path, from: old, to: fresh };
}

const encodedIn = new Map([
  ["Secret", "data"],
  ["ConfigMap", "binaryData"],
]);

function textOf(encoded: string | undefined): string | undefined {
  if (encoded === undefined) return undefined;
  const plain = encoded.replace(/\s/g, "");
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) return undefined;
  const bytes = Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
