import { beforeEach, describe, expect, test, vi } from "vitest";
import { objectsNamed } from "../../../src/authority/freeze/objects-named.ts";

const parsed = vi.hoisted((): string[] => []);
vi.mock("yaml", async (original) => {
  const yaml = await original<typeof import("yaml")>();
  const parseAllDocuments: typeof yaml.parseAllDocuments = (...args) => {
    parsed.push(args[0]);
    return yaml.parseAllDocuments(...args);
  };
  return { ...yaml, parseAllDocuments };
});
beforeEach(() => {
  parsed.length = 0;
});

const fileOf = (text: string) => ({ path: "a.yaml", text });
const object = (name: string, more = "") => `kind: Kustomization\nmetadata: {name: ${name}${more}}\n`;
const shop = { kind: "Kustomization", name: "shop", namespace: undefined };
const found = (text: string, wanted: Partial<Parameters<typeof objectsNamed>[1]> = {}) =>
  objectsNamed([fileOf(text)], { ...shop, ...wanted });

describe("an object", () => {
  test("is found by kind and name, in every file in their order", () => {
    const files = [object("shop", ", namespace: b"), object("cart"), object("shop", ", namespace: a")].map(fileOf);
    expect(objectsNamed(files, shop).map(({ namespace }) => namespace)).toEqual(["b", "a"]);
    expect(found(object("shop"), { kind: "HelmRelease" })).toEqual([]);
    expect(found(object("shopping"))).toEqual([]);
  });

  test.each([
    ["a", "a", 1],
    ["a", "b", 0],
    ["a", undefined, 1],
    [undefined, "a", 1],
    [undefined, undefined, 1],
  ])("in namespace %s may be meant by one of namespace %s: %i", (own, wanted, count) => {
    expect(found(object("shop", own && `, namespace: ${own}`), { namespace: wanted })).toHaveLength(count);
  });

  test.each([
    ["by its number", '"\\u0073hop"'],
    ["by its long number", '"\\U00000073hop"'],
    ["by its byte", '"sho\\x70"'],
    ["over two lines", '"sh\\\n    op"'],
    ["over two lines of Windows", '"sh\\\r\n    op"'],
    ["by an alias", "*name"],
  ])("whose name is written %s is found", (_, name) => {
    const anchor = name === "*name" ? "x: &name shop\n" : "";
    expect(found(`kind: Kustomization\n${anchor}metadata:\n  name: ${name}\n`)).toHaveLength(1);
  });

  test("whose name has other characters is found however it is quoted", () => {
    expect(found(object("'it''s'"), { name: "it's" })).toHaveLength(1);
  });
});

describe("what is parsed", () => {
  test("is no text that can't hold the object", () => {
    expect(found(object("other"))).toEqual([]);
    expect(found("kind: Deployment\nmetadata: {name: shop}\n", { kind: "Deployment" })).toEqual([]);
    expect(found("kind: Kustomizations\nmetadata: {name: shop}\n", { kind: "Kustomizations" })).toEqual([]);
    expect(parsed).toEqual([]);
  });

  test("is each text once, however often is asked", () => {
    const files = [fileOf(object("shop"))];
    expect(objectsNamed(files, shop)).toHaveLength(1);
    expect(objectsNamed(files, shop)).toHaveLength(1);
    expect(parsed).toEqual([object("shop")]);
  });

  test("is of several documents those that can hold the object", () => {
    const one = `--- # the\n${object("shop")}`;
    expect(found(`# apps\n---\nkind: Deployment\nmetadata: {name: shop}\n${one}---\n${object("other")}`)).toHaveLength(
      1,
    );
    expect(parsed).toEqual([one]);
  });

  test("is a document of its own only after three dashes at the beginning of a line, and nothing more", () => {
    const texts = [`x: a --- b\n${object("shop")}`, `---x: 1\n${object("shop")}`];
    for (const text of texts) expect(found(text)).toHaveLength(1);
    expect(parsed).toEqual(texts);
    expect(found(`kind: Kustomization\ny: [\n---\n${object("shop")}`)).toHaveLength(1);
  });

  test("is the whole text where it has directives", () => {
    const text = `%TAG !e! tag:example.com,2026:\n---\n${object("shop")}x: !e!y 1\n`;
    expect(found(text)).toHaveLength(1);
    expect(found(`x: 50%\n---\n${object("shop")}`)).toHaveLength(1);
    expect(parsed).toEqual([text, `---\n${object("shop")}`]);
  });
});
