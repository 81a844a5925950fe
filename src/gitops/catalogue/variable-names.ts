/** The variables of `${TAG}`, `${TAG:=v1}` and `${TAG:-v1}`, in Flux's spelling; `$${TAG}` is none. */
export function variableNames(text: string): readonly string[] {
  if (!text.includes("${")) return [];
  const found = new Set<string>();
  for (const match of text.matchAll(/(\$?)\$\{([A-Za-z_]\w*)(?=[}:=?/#%^,-])/g))
    if (match[1] === "" && match[2] !== undefined && found.size < maxNames) found.add(match[2]);
  return [...found];
}

const maxNames = 200;
