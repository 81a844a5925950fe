import { expect, onTestFinished, test } from "vitest";
import { buildCatalogue } from "../../../src/gitops/catalogue/build-catalogue.ts";
import { resolveTarget } from "../../../src/gitops/catalogue/resolve-target.ts";
import type { CommitTexts } from "../../../src/gitops/history/commit-texts.ts";
import { fieldChanges } from "../../../src/gitops/history/field-changes.ts";
import { openLocalMirror } from "../../../src/gitops/mirror/git-mirror.ts";
import { deployment, kustomization } from "../catalogue/catalogue-of.ts";
import { type GitRepository, gitRepository } from "../git-repository.ts";

/** `subject: path before → after`, newest first, read the way that Remit reads it. */
async function historyOf(repository: GitRepository, labels: Record<string, string>): Promise<string[]> {
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const head = await mirror.head();
  const resolution = resolveTarget(buildCatalogue(await mirror.files(head)), labels);
  if (resolution.outcome !== "resolved") throw new Error(resolution.why);
  const paths = [...new Set(resolution.entry.fields.map((field) => field.file))];
  const decode = (bytes: Uint8Array | undefined): string | undefined =>
    bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  const commits: CommitTexts[] = [];
  for (const commit of await mirror.log(head, { paths })) {
    const touched = commit.files.map((file) => file.path).filter((path) => paths.includes(path));
    const parent = commit.parents[0];
    const before = parent === undefined ? new Map<string, Uint8Array>() : await mirror.read(parent, touched);
    const after = await mirror.read(commit.id, touched);
    commits.push({
      commit,
      texts: new Map(
        touched.map((path) => [path, { before: decode(before.get(path)), after: decode(after.get(path)) }]),
      ),
    });
  }
  return fieldChanges(resolution.entry, commits).map(
    ({ commit, field, before, after }) => `${commit.message}: ${field.path.join(".")} ${before} → ${after}`,
  );
}

test("a tag's way through the commits, newest first", async () => {
  const repository = gitRepository();
  const overlay = (tag: string): string => kustomization(`images:\n- name: r.io/shop/checkout\n  newTag: ${tag}\n`);
  const path = "apps/checkout/production/kustomization.yaml";
  for (const tag of ["v1", "v2", "v3"]) repository.commit({ [path]: overlay(tag), "README.md": tag }, { message: tag });
  expect(await historyOf(repository, { service: "checkout" })).toEqual([
    "v3: images.0.newTag v2 → v3",
    "v2: images.0.newTag v1 → v2",
    "v1: images.0.name undefined → r.io/shop/checkout",
    "v1: images.0.newTag undefined → v1",
  ]);
});

test("a field is followed when lines move, documents change places and list items are inserted before it", async () => {
  const repository = gitRepository();
  const images = (entries: Record<string, string>): string =>
    kustomization(
      `images:\n${Object.entries(entries)
        .map(([name, tag]) => `- name: r.io/${name}\n  newTag: ${tag}\n`)
        .join("")}`,
    );
  const path = "apps/prod/kustomization.yaml";
  repository.commit({ [path]: images({ cart: "v1" }) }, { message: "start" });
  repository.commit({ [path]: `# a comment\n\n${images({ basket: "v9", cart: "v1" })}` }, { message: "insert" });
  repository.commit({ [path]: images({ basket: "v9", cart: "v2" }) }, { message: "bump" });
  expect(await historyOf(repository, { service: "cart" })).toEqual([
    "bump: images.1.newTag v1 → v2",
    "start: images.1.name undefined → r.io/cart",
    "start: images.1.newTag undefined → v1",
  ]);

  const other = gitRepository();
  const both = (first: string, second: string): string => `${first}---\n${second}`;
  const [cart, search] = [deployment("cart", "r.io/cart:v1"), deployment("search", "r.io/search:v1")];
  other.commit({ "all.yaml": both(cart, search) }, { message: "start" });
  other.commit({ "all.yaml": both(search, cart) }, { message: "swap" });
  other.commit({ "all.yaml": both(search, cart.replace("cart:v1", "cart:v2")) }, { message: "bump" });
  expect((await historyOf(other, { service: "cart" })).slice(0, 2)).toEqual([
    "bump: spec.template.spec.containers.0.image r.io/cart:v1 → r.io/cart:v2",
    "start: spec.replicas undefined → 2",
  ]);
});

test("a commit that concerns the neighbours in a shared file isn't in the history", async () => {
  const repository = gitRepository();
  const values = (cart: string, search: string): string =>
    `cart: {image: {tag: ${cart}}}\nsearch: {image: {tag: ${search}}}\n`;
  repository.commit({ "environments/prod/values.yaml": values("v1", "v1") }, { message: "start" });
  repository.commit({ "environments/prod/values.yaml": values("v1", "v2") }, { message: "search" });
  repository.commit({ "environments/prod/values.yaml": values("v2", "v2") }, { message: "cart" });
  expect(await historyOf(repository, { service: "cart" })).toEqual([
    "cart: cart.image.tag v1 → v2",
    "start: cart.image.tag undefined → v1",
  ]);
});

test("keys that came and went are told with undefined", async () => {
  const repository = gitRepository();
  const path = "apps/cart/prod/values.yaml";
  repository.commit({ [path]: "image: {tag: v1}\nold: 1\n" }, { message: "start" });
  repository.commit({ [path]: "image: {tag: v1}\nfresh: 2\n" }, { message: "swap" });
  expect(await historyOf(repository, { service: "cart" })).toEqual([
    "swap: fresh undefined → 2",
    "swap: old 1 → undefined",
    "start: image.tag undefined → v1",
    "start: old undefined → 1",
  ]);
});

test("a text that can't be read tells nothing, and what is around it still does", async () => {
  const repository = gitRepository();
  const path = "apps/cart/prod/values.yaml";
  for (const [message, text] of [
    ["start", "image: {tag: v1}\n"],
    ["bump", "image: {tag: v2}\n"],
    ["break", "image: {tag: [\n"],
    ["repair", "image: {tag: v3}\n"],
    ["again", "image: {tag: v4}\n"],
  ] as const)
    repository.commit({ [path]: text }, { message });
  expect(await historyOf(repository, { service: "cart" })).toEqual([
    "again: image.tag v3 → v4",
    "bump: image.tag v1 → v2",
    "start: image.tag undefined → v1",
  ]);
});

test("a line of an .env file, whatever moves around it", async () => {
  const repository = gitRepository();
  const path = "apps/checkout/production/checkout.env";
  repository.commit({ [path]: "TAG=v1\nLEVEL=info\n" }, { message: "start" });
  repository.commit({ [path]: "# what runs\nLEVEL=info\nTAG=v1\n" }, { message: "sort" });
  repository.commit({ [path]: "# what runs\nLEVEL=info\nTAG='v2'\n" }, { message: "release" });
  expect(await historyOf(repository, { service: "checkout" })).toEqual([
    "release: TAG v1 → v2",
    "start: TAG undefined → v1",
    "start: LEVEL undefined → info",
  ]);
});
