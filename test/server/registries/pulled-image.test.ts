import fc from "fast-check";
import { expect, test } from "vitest";
import { authChallenges } from "../../../src/server/registries/auth-challenges.ts";
import { pulledImage } from "../../../src/server/registries/pulled-image.ts";

const sha = `sha256:${"a".repeat(64)}`;

test.each([
  ["ghcr.io/acme/checkout:v1.4.2", ["ghcr.io", "acme/checkout", "v1.4.2"]],
  ["registry.lab:5000/checkout", ["registry.lab:5000", "checkout", "latest"]],
  ["localhost/a/b/c:1", ["localhost", "a/b/c", "1"]],
  ["nginx:1.27", ["docker.io", "library/nginx", "1.27"]],
  ["acme/checkout", ["docker.io", "acme/checkout", "latest"]],
  ["docker.io/nginx:1", ["docker.io", "library/nginx", "1"]],
  ["index.docker.io/acme/checkout:1", ["docker.io", "acme/checkout", "1"]],
  ["GHCR.io/acme/a__b-c.d:1", ["ghcr.io", "acme/a__b-c.d", "1"]],
  [`ghcr.io/acme/checkout:v1@${sha}`, ["ghcr.io", "acme/checkout", sha]],
])("%s is pulled from where runtimes pull it", (text, [host, name, reference]) => {
  expect(pulledImage(text)).toEqual({ host, name, reference });
});

test.each([
  "",
  ":v1",
  "ghcr.io/",
  "ghcr.io//checkout:1",
  "ghcr.io/acme/../v2:1",
  "ghcr.io/acme/checkout:",
  "ghcr.io/acme/checkout:v1?x",
  "ghcr.io/acme/check out:v1",
  "ghcr.io/acme/checkout@sha256:abc",
  `ghcr.io/acme/checkout@${sha}@${sha}`,
  "user:pass@ghcr.io/acme/checkout:v1",
  "https://ghcr.io/acme/checkout:v1",
  "-a.io/acme/checkout:v1",
  `ghcr.io/${"a/".repeat(200)}b:1`,
])("%j is nothing that could be pulled", (text) => {
  expect(pulledImage(text)).toBeUndefined();
});

test("whatever the text, its parts are plain parts of a path", () => {
  const piece = fc.constantFrom(
    "a",
    "B",
    ".",
    "/",
    ":",
    "@",
    "%2e",
    "?",
    "#",
    "\\",
    "..",
    " ",
    "ghcr.io",
    sha,
    "é",
    "\n",
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
      (text) => {
        const image = pulledImage(text);
        if (image === undefined) return;
        const path = `/v2/${image.name}/manifests/${image.reference}`;
        const url = new URL(`https://${image.host}${path}`);
        expect([url.pathname, url.host]).toEqual([path, image.host]);
      },
    ),
  );
});

test("challenges are told apart, however many stand in one header", () => {
  const header = 'Bearer realm="https://a/token?x=1,2",service=reg , scope="a\\"b", BASIC realm="c d", Negotiate';
  expect(authChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)])).toEqual([
    ["bearer", { realm: "https://a/token?x=1,2", service: "reg", scope: 'a"b' }],
    ["basic", { realm: "c d" }],
    ["negotiate", {}],
  ]);
  fc.assert(fc.property(fc.string(), (text) => authChallenges(text).every(({ scheme }) => scheme !== "")));
});
