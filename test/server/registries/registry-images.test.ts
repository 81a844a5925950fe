import { describe, expect, test } from "vitest";
import { registryImages } from "../../../src/server/registries/registry-images.ts";
import { credentials, digestOf, ociRegistry, type Registry, type RegistryOptions } from "./oci-registry.ts";

const images = ["shop/checkout:v1.4.2", "shop/checkout:v1.5.0"];

const look = (registry: Registry, image: string, change: Parameters<Registry["config"]>[0] = {}) =>
  registryImages([registry.config(change)]).look(`${registry.host}/${image}`);

const lines = ({ requests }: Registry) => requests.map(({ line }) => line);

describe("an image", () => {
  test.each([
    ["by its tag", "shop/checkout:v1.4.2"],
    ["by its digest", `shop/checkout@${digestOf("shop/checkout:v1.4.2")}`],
    ["by its digest, whatever the tag beside it", `shop/checkout:gone@${digestOf("shop/checkout:v1.4.2")}`],
  ])("is there %s, by one HEAD", async (_, image) => {
    const registry = await ociRegistry({ images });
    expect(await look(registry, image)).toEqual({ word: "there" });
    expect(lines(registry)).toEqual([
      expect.stringMatching(/^HEAD \/v2\/shop\/checkout\/manifests\/(v1\.4\.2|sha256:)/),
    ]);
  });

  test.each([
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
  ])("is there as %s, too", async (mediaType) => {
    expect(await look(await ociRegistry({ images, mediaType }), "shop/checkout:v1.4.2")).toEqual({ word: "there" });
  });

  test.each(["MANIFEST_UNKNOWN", "NOT_FOUND"] as const)("is gone where the registry says %s", async (missing) => {
    const registry = await ociRegistry({ images, missing });
    expect(await look(registry, "shop/checkout:v1.3.0")).toMatchObject({ word: "gone" });
    expect(await look(registry, `shop/checkout@${digestOf("x")}`)).toMatchObject({ word: "gone" });
  });

  test("whose repository a stranger isn't shown may be there all the same", async () => {
    const registry = await ociRegistry({ images });
    expect(await look(registry, "shop/cart:v1")).toMatchObject({ word: "unknown" });
    expect(await look(registry, "shop/cart:v1", { credentials })).toMatchObject({ word: "gone" });
  });
});

describe("who asks", () => {
  test("gets a token for pulling that one image, as anybody may", async () => {
    const registry = await ociRegistry({ images, access: "token" });
    expect(await look(registry, "shop/checkout:v1.4.2")).toEqual({ word: "there" });
    expect(lines(registry)).toEqual([
      "HEAD /v2/shop/checkout/manifests/v1.4.2",
      `GET /token?service=${encodeURIComponent(registry.host)}&scope=repository%3Ashop%2Fcheckout%3Apull`,
      "HEAD /v2/shop/checkout/manifests/v1.4.2",
    ]);
    expect(await look(registry, "shop/checkout:v1.3.0")).toMatchObject({ word: "gone" });
  });

  test.each(["password-token", "password"] as const)(
    "proves it with the configured credentials: %s",
    async (access) => {
      const registry = await ociRegistry({ images, access });
      expect(await look(registry, "shop/checkout:v1.4.2", { credentials })).toEqual({ word: "there" });
      expect(await look(registry, "shop/checkout:v1.3.0", { credentials })).toMatchObject({ word: "gone" });
      const without = await look(registry, "shop/checkout:v1.4.2");
      expect(without).toMatchObject({ word: "unknown" });
      expect(JSON.stringify(without)).not.toMatch(/swordfish|robot|token\.for/);
    },
  );

  test("gives credentials only where they are asked for", async () => {
    const registry = await ociRegistry({ images });
    await look(registry, "shop/checkout:v1.4.2", { credentials });
    expect(registry.requests.map(({ authorization }) => authorization)).toEqual([undefined]);
  });
});

describe("nobody else is spoken to", () => {
  test("than registries that the configuration names", async () => {
    const registry = await ociRegistry({ images });
    const named = registryImages([registry.config({ host: "registry.example" })]);
    expect(await named.look(`${registry.host}/shop/checkout:v1.4.2`)).toMatchObject({ word: "unknown" });
    expect(registry.requests).toEqual([]);
  });

  test("for a token, and credentials go nowhere else", async () => {
    const other = await ociRegistry({ images: [] });
    const registry = await ociRegistry({ images, access: "password-token", realm: `http://${other.host}/token` });
    expect(await look(registry, "shop/checkout:v1.4.2", { credentials })).toMatchObject({ word: "unknown" });
    expect(other.requests).toEqual([]);
  });

  test("by a redirect", async () => {
    const other = await ociRegistry({ images });
    const registry = await ociRegistry({ images, instead: redirectTo(() => other.host) });
    expect(await look(registry, "shop/checkout:v1.4.2")).toMatchObject({ word: "unknown" });
    expect(other.requests).toEqual([]);
  });

  test("but those whom it may refer to, without the proof that was meant for it", async () => {
    const other = await ociRegistry({ images });
    const tokens = await ociRegistry({ images, access: "token" });
    const registry = await ociRegistry({
      images,
      access: "token",
      realm: `http://${tokens.host}/token`,
      instead: (request, response) =>
        request.headers.authorization !== undefined && redirectTo(() => other.host)(request, response),
    });
    const referrals = [other.host, tokens.host];
    expect(await look(registry, "shop/checkout:v1.4.2", { referrals })).toEqual({ word: "there" });
    expect(registry.requests.at(-1)?.authorization).toBe("Bearer token.for.shop/checkout");
    expect(other.requests).toEqual([{ line: "HEAD /v2/shop/checkout/manifests/v1.4.2", authorization: undefined }]);
  });

  test("without TLS, unless the configuration says so", async () => {
    const registry = await ociRegistry({ images });
    expect(await look(registry, "shop/checkout:v1.4.2", { plainHttp: false })).toMatchObject({ word: "unknown" });
    expect(registry.requests).toEqual([]);
  });
});

describe("it isn't known", () => {
  const instead =
    (status: number, body = "", headers: Record<string, string> = {}): NonNullable<RegistryOptions["instead"]> =>
    (_, response) => {
      response.writeHead(status, headers).end(body);
      return true;
    };

  test.each<[string, number, string, Record<string, string>?]>([
    ["where a proxy answers that there is nothing", 404, "<html>Not found</html>"],
    ["where the answer is no list of errors", 404, '{"errors":"MANIFEST_UNKNOWN"}'],
    ["where the errors never end", 404, `{"errors":[{"code":"MANIFEST_UNKNOWN","detail":"${"x".repeat(100_000)}"}]}`],
    ["where a page to log in answers", 200, "<html>Who are you?</html>"],
    ["where the registry refuses", 403, ""],
    ["where it has heard too much", 429, ""],
    ["where it is broken", 503, ""],
    ["where it sends in circles", 307, "", { location: "/" }],
    ["where it sends nowhere", 307, "", { location: "http://" }],
    ["where it asks for another proof", 401, "", { "www-authenticate": "Negotiate" }],
    ["where it names no place for tokens", 401, "", { "www-authenticate": 'Bearer realm="nowhere"' }],
  ])("%s", async (_, status, body, headers = {}) => {
    const registry = await ociRegistry({ images, instead: instead(status, body, headers) });
    expect(await look(registry, "shop/checkout:v1.4.2")).toMatchObject({ word: "unknown" });
  });

  test("where it takes too long", async () => {
    const registry = await ociRegistry({ images, instead: () => true });
    const asked = registryImages([registry.config()], { timeoutMs: 50 });
    expect(await asked.look(`${registry.host}/shop/checkout:v1.4.2`)).toEqual({
      word: "unknown",
      why: "its registry took too long to answer",
    });
  });

  test("where it can't be reached", async () => {
    const nobody = registryImages([
      { name: "a", host: "127.0.0.1:1", referrals: [], plainHttp: true, credentials: undefined },
    ]);
    expect(await nobody.look("127.0.0.1:1/shop/checkout:v1")).toMatchObject({ word: "unknown" });
  });

  test("of what is no image's name, and nobody is asked", async () => {
    const registry = await ociRegistry({ images });
    for (const name of [
      "shop/../../token:v1",
      "shop/checkout:$" + "{TAG}",
      "shop/checkout:{{ .Values.tag }}",
      "shop/Checkout:v1",
    ])
      expect(await look(registry, name)).toMatchObject({ word: "unknown" });
    expect(registry.requests).toEqual([]);
  });
});

function redirectTo(host: () => string): NonNullable<RegistryOptions["instead"]> {
  return (request, response) => {
    response.writeHead(307, { location: `http://${host()}${request.url}` }).end();
    return true;
  };
}
