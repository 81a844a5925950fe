import { expect, it } from "vitest";
import { loadSandbox } from "../../src/cli/load-sandbox.ts";

it("a server without the optional packages says what the sandbox needs", async () => {
  const missing = () => import(["not-a", "package"].join("-"));
  await expect(loadSandbox(missing)).rejects.toMatchObject({ code: "usage", audience: "user" });
});

it("any other failure stays what it is", async () => {
  const failure = new Error("broken");
  await expect(loadSandbox(() => Promise.reject(failure))).rejects.toBe(failure);
});
