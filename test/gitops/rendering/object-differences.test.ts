import { describe, expect, test } from "vitest";
import { objectDifferences } from "../../../src/gitops/rendering/object-differences.ts";
import { objectName, renderedObjects } from "../../../src/gitops/rendering/rendered-object.ts";

function differences(before: string, after: string) {
  const [old, fresh] = [renderedObjects(before), renderedObjects(after)];
  if (old === undefined || fresh === undefined) throw new Error("not objects");
  const found = objectDifferences(old, fresh);
  const told = (list: typeof found.differences) =>
    list.map(({ object, path, from, to }) => `${objectName(object)} ${path.join(".")}: ${from} → ${to}`);
  return { differences: told(found.differences), following: told(found.following) };
}

const deployment = (spec: string, name = "checkout") =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: shop}\nspec: ${spec}\n`;
const config = (name: string, value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {A: ${value}}\n`;

describe("leaf by leaf", () => {
  test("items of lists are told by their names, wherever they stand", () => {
    const before = deployment("{containers: [{name: app, image: a:v1}, {name: proxy, image: p:v1}]}");
    const after = deployment("{containers: [{name: proxy, image: p:v1}, {name: app, image: a:v2}]}");
    expect(differences(before, after).differences).toEqual([
      "Deployment shop/checkout spec.containers.[name=app].image: a:v1 → a:v2",
    ]);
  });

  test("what comes and what goes is told by its leaves", () => {
    const before = deployment("{env: [{name: A, value: b}]}");
    const after = deployment("{env: [{name: C, value: d}], args: [a, b], x: {}}");
    expect(differences(before, after).differences).toEqual([
      "Deployment shop/checkout spec.env.[name=A].name: A → undefined",
      "Deployment shop/checkout spec.env.[name=A].value: b → undefined",
      "Deployment shop/checkout spec.env.[name=C].name: undefined → C",
      "Deployment shop/checkout spec.env.[name=C].value: undefined → d",
      "Deployment shop/checkout spec.args.0: undefined → a",
      "Deployment shop/checkout spec.args.1: undefined → b",
      "Deployment shop/checkout spec.x: undefined → {}",
    ]);
  });

  test("of a longer list only what isn't at both ends", () => {
    expect(differences(deployment("{args: [a, b, c]}"), deployment("{args: [a, x, b, c]}")).differences).toEqual([
      "Deployment shop/checkout spec.args.1: undefined → x",
    ]);
  });

  test("a number isn't the same digits in quotes", () => {
    expect(differences(deployment("{a: 1}"), deployment('{a: "1"}')).differences).toHaveLength(1);
    expect(differences(deployment("{a: one}"), deployment('{a: "one"}')).differences).toEqual([]);
  });

  test("an object that moves to another namespace goes and comes", () => {
    const text = deployment("{a: 1}");
    expect(differences(text, text.replace("namespace: shop", "namespace: other")).differences).toHaveLength(10);
  });

  test("a list's items are objects, and what is none isn't read", () => {
    const one = config("a", "one").replaceAll("\n", "\n  ");
    expect(renderedObjects(`apiVersion: v1\nkind: List\nitems:\n- ${one}`)?.map(objectName)).toEqual(["ConfigMap a"]);
    expect(renderedObjects("a: b\n")).toBeUndefined();
    expect(renderedObjects("a: [\n")).toBeUndefined();
    expect(renderedObjects("---\n---\n")).toEqual([]);
  });
});

describe("what follows by itself is told apart", () => {
  const uses = (name: string) => deployment(`{envFrom: [{configMapRef: {name: ${name}}}]}`);

  test("the hash of a generated ConfigMap and what refers to it", () => {
    const before = `${config("cfg-6ct58987ht", "one")}---\n${uses("cfg-6ct58987ht")}`;
    const after = `${config("cfg-dc88f4thch", "two")}---\n${uses("cfg-dc88f4thch")}`;
    expect(differences(before, after)).toEqual({
      differences: ["ConfigMap cfg-dc88f4thch data.A: one → two"],
      following: [
        "Deployment shop/checkout spec.envFrom.0.configMapRef.name: cfg-6ct58987ht → cfg-dc88f4thch",
        "ConfigMap cfg-dc88f4thch metadata.name: cfg-6ct58987ht → cfg-dc88f4thch",
      ],
    });
  });

  test("but not a new name for the same content, nor a reference to another one", () => {
    const renamed = differences(config("cfg-6ct58987ht", "one"), config("cfg-dc88f4thch", "one"));
    expect(renamed).toEqual({
      differences: ["ConfigMap cfg-dc88f4thch metadata.name: cfg-6ct58987ht → cfg-dc88f4thch"],
      following: [],
    });
    const before = `${config("cfg-6ct58987ht", "one")}---\n${uses("cfg-6ct58987ht")}`;
    const after = `${config("cfg-dc88f4thch", "two")}---\n${uses("other-dc88f4thch")}`;
    expect(differences(before, after).differences).toContain(
      "Deployment shop/checkout spec.envFrom.0.configMapRef.name: cfg-6ct58987ht → other-dc88f4thch",
    );
    // Two that could be meant: neither is.
    const two = `${config("cfg-6ct58987ht", "one")}---\n${config("cfg-fkbh8h24gm", "one")}`;
    expect(differences(two, config("cfg-dc88f4thch", "two")).following).toEqual([]);
  });

  test("a checksum of configuration that changed, and no other annotation", () => {
    const sum = (digit: string, key = "annotations") =>
      deployment(`{template: {metadata: {${key}: {checksum/config: ${digit.repeat(64)}}}}}`);
    const both = differences(`${config("a", "one")}---\n${sum("a")}`, `${config("a", "two")}---\n${sum("b")}`);
    expect(both.differences).toEqual(["ConfigMap a data.A: one → two"]);
    expect(both.following).toHaveLength(1);
    // Nothing that it could be the checksum of.
    expect(differences(sum("a"), sum("b")).differences).toHaveLength(1);
    const label = differences(
      `${config("a", "one")}---\n${sum("a", "labels")}`,
      `${config("a", "two")}---\n${sum("b", "labels")}`,
    );
    expect(label.differences).toHaveLength(2);
  });
});
