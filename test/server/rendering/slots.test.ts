import { expect, test } from "vitest";
import { Slots } from "../../../src/server/rendering/slots.ts";

/** Tasks that end when they are told to. */
function tasks() {
  const begun: string[] = [];
  const endings = new Map<string, () => void>();
  return {
    begun,
    task: (name: string) => () =>
      new Promise<string>((resolve) => {
        begun.push(name);
        endings.set(name, () => resolve(name));
      }),
    async end(name: string) {
      endings.get(name)?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test("as many tasks run as there are slots, and the others come in their order", async () => {
  const slots = new Slots(2);
  const { begun, task, end } = tasks();
  const all = ["a", "b", "c", "d"].map((name) => slots.take(task(name)));
  await end("none");
  expect(begun).toEqual(["a", "b"]);
  await end("b");
  expect(begun).toEqual(["a", "b", "c"]);
  await end("a");
  expect(begun).toEqual(["a", "b", "c", "d"]);
  await end("c");
  await end("d");
  expect(await Promise.all(all)).toEqual(["a", "b", "c", "d"]);
  // All of them are free again, and no more than there were.
  const more = ["e", "f", "g"].map((name) => slots.take(task(name)));
  await end("none");
  expect(begun.slice(4)).toEqual(["e", "f"]);
  for (const name of ["e", "f", "g"]) await end(name);
  await Promise.all(more);
});

test("a task that fails leaves its slot to the next", async () => {
  const slots = new Slots(1);
  const failing = slots.take(() => Promise.reject(new Error("failed")));
  const next = slots.take(() => Promise.resolve("next"));
  await expect(failing).rejects.toThrow("failed");
  expect(await next).toBe("next");
});
