import type { ShopCommit } from "../../src/sandbox/demo/shop-history.ts";

/** The same files and the last good release in two commits: each commit costs a dozen git processes. */
export function shortHistory(whole: readonly ShopCommit[], further: ShopCommit["files"] = {}): ShopCommit[] {
  const last = whole.findIndex(({ message }) => message.includes("v1.4.2 to production"));
  const [first] = whole;
  const release = whole[last];
  if (first === undefined || release === undefined) throw new Error("the shop's history has another shape");
  const files = Object.assign({}, ...whole.slice(0, last).map((commit) => commit.files));
  return [
    { ...first, files },
    { ...release, files: { ...release.files, ...further } },
  ];
}
