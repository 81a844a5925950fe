/**
 * `apps/*` in a path. `part`: a `*` stands for a part of one name; `any`: for anything, slashes included. Time is at most the product
 * of the lengths. Character classes match nothing here.
 */
export function matchesGlob(glob: string, path: string, star: "part" | "any"): boolean {
  if (/[[\]\\{}]/.test(glob)) return false;
  if (star === "any") return matchesWildcard(glob, path);
  const [patterns, segments] = [glob.split("/"), path.split("/")];
  return (
    patterns.length === segments.length &&
    patterns.every((pattern, index) => matchesWildcard(pattern, segments[index] ?? ""))
  );
}

function matchesWildcard(pattern: string, text: string): boolean {
  let [p, t, star, resume] = [0, 0, -1, 0];
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === "*") {
      star = p++;
      resume = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
