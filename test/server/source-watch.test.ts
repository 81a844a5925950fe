import { expect, it, onTestFinished } from "vitest";
import { sourceWatch } from "../../src/server/source-watch.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { ManualClock } from "./manual-clock.ts";

const prom = { type: "alertmanager", name: "prom" };
const argocd = { type: "argocd", name: "prom" };

async function watching() {
  const store = await openSqliteStore({ directory: temporaryDirectory() });
  onTestFinished(() => store.close());
  const clock = new ManualClock();
  const written: string[] = [];
  const settings = {
    get: (key: string) => store.settings.get(key),
    set: (key: string, value: string) => {
      written.push(value);
      return store.settings.set(key, value);
    },
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const watch = () => sourceWatch({ store: { settings }, clock, log, sources: [prom, argocd] });
  return { clock, watch, written };
}

it("each source is told with when it was last heard, by type and name", async () => {
  const { clock, watch } = await watching();
  const one = watch();
  expect(await one.look()).toEqual([
    { ...prom, at: undefined, aliveAt: undefined },
    { ...argocd, at: undefined, aliveAt: undefined },
  ]);
  one.heard(prom);
  clock.advance(5);
  expect(await one.look()).toEqual([
    { ...prom, at: clock.now() - 5, aliveAt: undefined },
    { ...argocd, at: undefined, aliveAt: undefined },
  ]);
});

it("a storm is written once in a while, and a restart or another replica still knows of it", async () => {
  const { clock, watch, written } = await watching();
  const one = watch();
  for (let count = 0; count < 100; count++) {
    one.heard(prom);
    clock.advance(100);
  }
  expect(written).toHaveLength(1);
  clock.advance(30_000);
  one.heard(prom);
  expect(written).toHaveLength(2);
  expect((await watch().look())[0]?.at).toBe(clock.now());
});
