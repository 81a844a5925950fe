import { describe, expect, it } from "vitest";
import { openMiner } from "../../../src/gitops/mirror/open-miner.ts";
import { webAddress } from "../../../src/gitops/mirror/web-address.ts";
import { gitRepository } from "../git-repository.ts";

describe("the miner", () => {
  it("tells the objects and the lines that a commit replaced", async () => {
    const repository = gitRepository();
    const first = repository.commit({ "a.yaml": "a: 1\nb: 2\n" });
    const before = repository.git("rev-parse", "HEAD:a.yaml");
    const second = repository.commit({ "a.yaml": "a: 1\nb: 3", "ü b.yaml": "c: 1\n" }, { message: "Title\n\nBody" });
    const after = repository.git("rev-parse", "HEAD:a.yaml");
    const miner = await openMiner(repository.directory);
    const [newest, oldest] = await miner.commits(second, { since: 0 });
    expect(oldest?.id).toBe(first);
    expect(newest).toMatchObject({ id: second, parents: [first], message: "Title\n\nBody" });
    expect(newest?.files).toMatchObject([
      { path: "a.yaml", status: "modified", objectBefore: before, objectAfter: after },
      { path: "ü b.yaml", status: "added", objectBefore: "0".repeat(40), modeBefore: "000000" },
    ]);
    expect((await miner.patches([second])).get(second)).toEqual({
      binary: false,
      hunks: [
        { file: 0, oldStart: 2, newStart: 2, removed: ["b: 2"], added: ["b: 3\n"] },
        { file: 1, oldStart: 0, newStart: 1, removed: [], added: ["c: 1"] },
      ],
    });
    expect(await miner.between(before, after)).toMatchObject([{ removed: ["b: 2"], added: ["b: 3\n"] }]);
  });

  it("isn't misled by lines that look like git's own", async () => {
    const repository = gitRepository();
    const lines = [
      `commit ${"0".repeat(40)}`,
      "diff --git a/x b/x",
      "@@ -1 +1 @@",
      "Binary files differ",
      "-- a",
      "\\ No newline",
    ];
    repository.commit({ "a.yaml": "start\n" });
    const id = repository.commit({ "a.yaml": `start\n${lines.join("\n")}\n` });
    const miner = await openMiner(repository.directory);
    const patches = await miner.patches([id]);
    expect([...patches.keys()]).toEqual([id]);
    expect(patches.get(id)).toMatchObject({ binary: false, hunks: [{ removed: [], added: lines }] });
  });

  it("calls files binary that hold zeros or are larger than a mebibyte", async () => {
    const repository = gitRepository();
    repository.commit({ "zero.yaml": "a", "large.yaml": "a" });
    const miner = await openMiner(repository.directory);
    for (const files of [{ "zero.yaml": "a\0b" }, { "large.yaml": "a: 1\n".repeat(300_000) }]) {
      const id = repository.commit(files);
      expect((await miner.patches([id])).get(id)).toEqual({ binary: true, hunks: [] });
    }
  });

  it("looks at the window only", async () => {
    const repository = gitRepository();
    const ids = [1, 2, 3].map((day) =>
      repository.commit({ "a.yaml": `${day}\n` }, { at: `2026-06-0${day}T10:00:00Z` }),
    );
    const miner = await openMiner(repository.directory);
    const window = { since: Date.parse("2026-06-02"), until: Date.parse("2026-06-03") };
    const found = await miner.commits(ids[2] ?? "", window);
    expect(found.map(({ id }) => id)).toEqual([ids[1]]);
  });

  it("takes no other revision than a full commit id", async () => {
    const miner = await openMiner(gitRepository().directory);
    await expect(miner.commits("--output=x", { since: 0 })).rejects.toMatchObject({ code: "revision-invalid" });
    await expect(miner.patches(["HEAD"])).rejects.toMatchObject({ code: "revision-invalid" });
    await expect(miner.between("HEAD", "HEAD")).rejects.toMatchObject({ code: "revision-invalid" });
  });
});

it.each([
  ["https://github.com/acme/shop.git", "https://github.com/acme/shop"],
  ["https://user:token@github.com/acme/shop", "https://github.com/acme/shop"],
  ["git@github.com:acme/shop.git", "https://github.com/acme/shop"],
  ["ssh://git@git.example.org:2222/group/sub/shop.git", "https://git.example.org/group/sub/shop"],
  ["/srv/git/shop.git", undefined],
  ["../shop", undefined],
  ["file:///srv/shop.git", undefined],
  ["", undefined],
])("people look at %j at %j", (url, address) => {
  expect(webAddress(url)).toBe(address);
});
