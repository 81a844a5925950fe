import { describe, expect, test, vi } from "vitest";
import { controllerBlocks, mayBlock } from "../../../src/authority/freeze/controller-blocks.ts";
import type { ControllerObject } from "../../../src/gitops/catalogue/catalogue.ts";

const parses = vi.hoisted(() => ({ count: 0 }));
vi.mock("yaml", async (original) => {
  const yaml = await original<typeof import("yaml")>();
  const parseAllDocuments: typeof yaml.parseAllDocuments = (...args) => {
    parses.count += 1;
    return yaml.parseAllDocuments(...args);
  };
  return { ...yaml, parseAllDocuments };
});

const now = Date.parse("2026-11-20T17:00:00Z");
const fileOf = (text: string, index = 0) => ({ path: `${index}.yaml`, text });
const blocked = (controller: Partial<ControllerObject>, ...texts: readonly string[]) => {
  const files = texts.map(fileOf).filter(mayBlock);
  const object = { kind: "Kustomization" as const, name: "shop", namespace: undefined, paths: ["apps"], ...controller };
  return controllerBlocks([object], files, now).map(({ message }) => message);
};

describe("controllerBlocks", () => {
  const flux = (kind: string, suspend: string, name = "shop") =>
    `apiVersion: x\nkind: ${kind}\nmetadata: {name: ${name}, namespace: flux-system}\nspec:\n  suspend: ${suspend}\n`;

  test.each(["Kustomization", "HelmRelease"] as const)("a suspended %s applies nothing", (kind) => {
    const why = `the ${kind} shop is suspended, so a change wouldn't be applied`;
    expect(blocked({ kind }, flux(kind, "true"))).toEqual([why]);
    expect(blocked({ kind }, flux(kind, "false"))).toEqual([]);
    expect(blocked({ kind }, flux(kind, "true", "other"))).toEqual([]);
    expect(blocked({ kind, namespace: "elsewhere" }, flux(kind, "true"))).toEqual([]);
  });

  const application = `kind: Application\nmetadata: {name: checkout-production}\nspec: {project: shop, destination: {namespace: shop, name: eu}}\n`;
  const project = (...windows: readonly string[]) =>
    `kind: AppProject\nmetadata: {name: shop}\nspec:\n  syncWindows:\n${windows.map((window) => `    - ${window}\n`).join("")}`;
  const argo = { kind: "Application" as const, name: "checkout-production" };
  const open = "schedule: '0 17 * * *', duration: 1h30m";
  const closed = "schedule: '0 3 * * *', duration: 1h";

  test.each([
    ["an open deny window", [`{kind: deny, ${open}, applications: ['*']}`], true],
    ["a closed deny window", [`{kind: deny, ${closed}, applications: ['*']}`], false],
    ["a deny window for others", [`{kind: deny, ${open}, applications: ['cart-*']}`], false],
    ["a deny window for its namespace", [`{kind: deny, ${open}, namespaces: [shop]}`], true],
    ["a deny window for its cluster", [`{kind: deny, ${open}, clusters: [e?]}`], true],
    ["a closed allow window", [`{kind: allow, ${closed}, applications: ['checkout-*']}`], true],
    ["an open allow window", [`{kind: allow, ${open}, applications: ['checkout-*']}`], false],
    [
      "an open allow and an open deny window",
      [`{kind: allow, ${open}, applications: ['*']}`, `{kind: deny, ${open}, applications: ['*']}`],
      true,
    ],
    ["a deny window that can't be read", ["{kind: deny, schedule: nonsense, duration: 1h, applications: ['*']}"], true],
    [
      "an allow window that can't be read",
      ["{kind: allow, schedule: '0 17 * * *', duration: soon, applications: ['*']}"],
      true,
    ],
  ] as const)("%s of its project: %s", (_, windows, blocks) => {
    expect(blocked(argo, application, project(...windows)).length > 0).toBe(blocks);
  });

  test("a window's own time zone counts", () => {
    const tokyo = "{kind: deny, schedule: '0 2 * * *', duration: 1h, timeZone: Asia/Tokyo, applications: ['*']}";
    expect(blocked(argo, application, project(tokyo))).toHaveLength(1);
  });

  test("a window in a time zone that isn't known counts as open for deny and closed for allow", () => {
    const mars = (kind: string) =>
      `{kind: ${kind}, schedule: '* * * * *', duration: 1h, timeZone: Mars/Base, applications: ['*']}`;
    expect(blocked(argo, application, project(mars("deny")))).toHaveLength(1);
    expect(blocked(argo, application, project(mars("allow")))).toHaveLength(1);
  });

  test("only files that hold such an object are worth parsing", () => {
    expect(mayBlock(fileOf("jobs:\n  - name: backup\n    suspend: true\n"))).toBe(false);
    expect(mayBlock(fileOf("kind: Deployment\n"))).toBe(false);
    const texts = [flux("Kustomization", "true"), flux("HelmRelease", "true"), application, project()];
    expect(texts.map((text) => mayBlock(fileOf(text)))).toEqual([true, true, true, true]);
  });

  test.each([
    ["by its number", '"\\u0073hop"'],
    ["by its byte", '"sho\\x70"'],
    ["over two lines", '"sh\\\n    op"'],
    ["over two lines of Windows", '"sh\\\r\n    op"'],
    ["by an alias", "*name"],
  ])("a name that is written %s is found", (_, name) => {
    const text = `kind: Kustomization\nx: &name shop\nmetadata:\n  name: ${name}\nspec: {suspend: true}\n`;
    expect(blocked({}, text.replace(name === "*name" ? "" : "x: &name shop\n", ""))).toHaveLength(1);
  });

  test("a name with other characters is found however it is quoted", () => {
    expect(blocked({ name: "it's" }, flux("Kustomization", "true", "'it''s'"))).toHaveLength(1);
  });

  test("files that can't hold the controller aren't parsed", () => {
    const other = fileOf(flux("Kustomization", "true", "other"));
    const object = { kind: "Kustomization" as const, name: "shop", namespace: undefined, paths: ["apps"] };
    parses.count = 0;
    expect(controllerBlocks([object], [other], now)).toEqual([]);
    expect(parses.count).toBe(0);
    expect(controllerBlocks([object], [fileOf(flux("Kustomization", "true"))], now)).toHaveLength(1);
    expect(parses.count).toBe(1);
  });

  test("of several documents only those that can hold the controller are parsed", () => {
    const one = flux("Kustomization", "true");
    const text = `# apps\n---\nkind: Deployment\nmetadata: {name: shop}\n--- # the\n${one}---\n${flux("HelmRelease", "true", "other")}`;
    parses.count = 0;
    expect(blocked({}, text)).toHaveLength(1);
    expect(parses.count).toBe(1);
  });

  test("a document with directives is read", () => {
    expect(
      blocked({}, `%TAG !e! tag:example.com,2026:\n---\n${flux("Kustomization", "true")}x: !e!y 1\n`),
    ).toHaveLength(1);
  });

  test("a document that can't be read hides no other one", () => {
    expect(blocked({}, `suspend: [\n---\n${flux("Kustomization", "true")}`)).toHaveLength(1);
  });

  test("files that can't be read say nothing", () => {
    expect(blocked({}, "suspend: [", "spec: {suspend: true}", "")).toEqual([]);
  });
});
