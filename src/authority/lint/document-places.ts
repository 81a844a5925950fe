import { LineCounter, type Node, parseDocument } from "yaml";

export interface DocumentPlaces {
  /** Where a value stands, 1-based; the nearest one above it where it isn't written. */
  placeOf(path: readonly (string | number)[]): { readonly line: number; readonly column: number };
  isWritten(path: readonly (string | number)[]): boolean;
}

/** Of a text that was parsed without mistakes before. */
export function documentPlaces(text: string): DocumentPlaces {
  const lines = new LineCounter();
  const document = parseDocument<Node>(text, { lineCounter: lines, version: "1.2" });
  const startOf = (path: readonly (string | number)[]): number | undefined => {
    const node: unknown = document.getIn(path, true);
    return typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range)
      ? Number(node.range[0])
      : undefined;
  };
  return {
    isWritten: (path) => startOf(path) !== undefined,
    placeOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const start = startOf(path.slice(0, length));
        if (start === undefined) continue;
        const { line, col } = lines.linePos(start);
        return { line, column: col };
      }
      return { line: 1, column: 1 };
    },
  };
}
