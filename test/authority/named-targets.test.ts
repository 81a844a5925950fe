import { expect, test } from "vitest";
import { namedTargets } from "../../src/authority/named-targets.ts";
import { grant } from "./decision.ts";

const match = (change: Partial<ReturnType<typeof grant>["match"]>) =>
  grant({ match: { environments: ["*"], services: ["*"], namespaces: ["*"], actions: ["*"], ...change } });
const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

test("grants for anything tell apart what has a name that none uses, and what has none", () => {
  expect(namedTargets({ grants: [match({})] })).toEqual([
    { service: " ", environment: " ", namespace: " " },
    { service: " ", environment: " ", namespace: undefined },
    { service: " ", environment: undefined, namespace: " " },
    { service: " ", environment: undefined, namespace: undefined },
  ]);
});

test("each name of any grant is there once, beside every other", () => {
  const targets = namedTargets({
    grants: [match({ services: ["checkout", "cart"], environments: ["production"] }), match({ services: ["cart"] })],
  });
  expect(new Set(targets.map(({ service }) => service))).toEqual(new Set(["checkout", "cart", " "]));
  expect(new Set(targets.map(({ environment }) => environment))).toEqual(new Set(["production", " ", undefined]));
  expect(targets).toHaveLength(3 * 3 * 2);
  expect(new Set(targets.map((target) => JSON.stringify(target))).size).toBe(targets.length);
});

test("an environment and a namespace are told apart by their own names", () => {
  const targets = namedTargets({ grants: [match({ namespaces: ["shop"] })] });
  expect(targets.some(({ namespace }) => namespace === "shop")).toBe(true);
  expect(targets.some(({ environment, service }) => environment === "shop" || service === "shop")).toBe(false);
});

test("a hundred thousand are told, and more are none", () => {
  const of = (services: number, environments: number) =>
    namedTargets({ grants: [match({ services: names(services), environments: names(environments) })] });
  expect(of(199, 248)).toHaveLength(100_000);
  expect(of(200, 248)).toEqual([]);
});
