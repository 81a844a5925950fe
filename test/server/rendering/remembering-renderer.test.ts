import { expect, test } from "vitest";
import type { Rendering, RenderJob } from "../../../src/remediation/rendering/renderer.ts";
import { rememberingRenderer } from "../../../src/server/rendering/remembering-renderer.ts";

const job = (files: Record<string, string>, directory = ""): RenderJob => ({
  tool: "kustomize",
  files: new Map(Object.entries(files)),
  directory,
});

function counting(rendering: Rendering) {
  let count = 0;
  const renderer = rememberingRenderer({
    tools: {},
    render: async () => {
      count += 1;
      return rendering;
    },
  });
  return { renderer, count: () => count };
}

test("the same files are rendered once, in whatever order they come", async () => {
  const { renderer, count } = counting({ outcome: "rendered", text: "a" });
  await renderer.render(job({ a: "1", b: "2" }));
  await renderer.render(job({ b: "2", a: "1" }));
  expect(count()).toBe(1);
  for (const other of [
    job({ a: "1", b: "3" }),
    job({ a: "1", b: "2" }, "x"),
    job({ a: "11", b: "2" }),
    job({ a1: "", b: "2" }),
  ])
    await renderer.render(other);
  expect(count()).toBe(5);
});

test("what took too long is tried again, what was refused isn't", async () => {
  for (const [why, times] of [
    ["time", 2],
    ["refused", 1],
  ] as const) {
    const { renderer, count } = counting({ outcome: "failed", why, said: "" });
    await renderer.render(job({ a: "1" }));
    await renderer.render(job({ a: "1" }));
    expect([why, count()]).toEqual([why, times]);
  }
});
