import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bodyLimit, fitBody } from "../src/github/fit-body.ts";
import { redact } from "../src/redact.ts";

const letters = (count: number) =>
  fc.string({ unit: fc.constantFrom(..."abcXYZ0189"), minLength: count, maxLength: count });
const jwt = fc.tuple(letters(20), letters(30), letters(40)).map(([a, b, c]) => `eyJ${a}.eyJ${b}.${c}`);
const pem = letters(64).map(
  (line) => `-----BEGIN RSA PRIVATE KEY-----\n${line}\n${line}\n-----END RSA PRIVATE KEY-----`,
);

/** A text with a secret in it, and the part that must not remain. */
const secrets = fc.oneof(
  fc
    .tuple(fc.constantFrom("ghp", "gho", "ghu", "ghs", "ghr"), letters(36))
    .map(([kind, rest]) => ({ text: `${kind}_${rest}`, secret: rest })),
  fc.tuple(letters(5), jwt).map(([id, rest]) => ({ text: `ghs_${id.repeat(4)}_${rest}`, secret: rest })),
  letters(59).map((rest) => ({ text: `github_pat_${rest}`, secret: rest })),
  jwt.map((text) => ({ text, secret: text })),
  pem.map((text) => ({ text, secret: text.split("\n")[1] ?? text })),
  letters(20).map((rest) => ({ text: `https://user:${rest}@github.com/acme/shop.git`, secret: rest })),
  letters(20).map((rest) => ({ text: `Authorization: token ${rest}`, secret: rest })),
  letters(20).map((rest) => ({ text: `"authorization":"Basic ${rest}=="`, secret: rest })),
  letters(36).map((rest) => {
    const text = Buffer.from(`x-access-token:ghs_${rest}`).toString("base64");
    return { text, secret: text };
  }),
);

/** Around a secret there is anything but letters that would make another word of it. */
const around = fc.string().map((text) => `${text.replace(/[\w+/=-]+/g, "·")} `);

describe("redaction", () => {
  it("leaves nothing of a secret, whatever stands around it", () => {
    fc.assert(
      fc.property(around, secrets, around, (before, { text, secret }, after) => {
        expect(redact(`${before}${text} ${after}`)).not.toContain(secret);
      }),
    );
  });

  it("leaves nothing of a secret in base64, wherever it begins", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5 }), secrets, (before, { text }) => {
        const encoded = Buffer.from(`${before} ${text}`).toString("base64");
        expect(redact(`data: ${encoded}`)).not.toContain(encoded.slice(12, -4));
      }),
    );
  });

  it("done twice is done once", () => {
    fc.assert(
      fc.property(fc.string(), secrets, fc.string(), (before, { text }, after) => {
        const once = redact(`${before}${text}${after}`);
        expect(redact(once)).toBe(once);
      }),
    );
  });

  it.each([
    "commit c0ffee0000000000000000000000000000000000 in checkout/production",
    "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "<!-- remit:v1 kind=pull incident=checkout-production-3f2a9c1b40de digest=3f2a9c1b40de -->",
    "https://github.com/acme/shop/pull/7",
    "registry.example/shop/checkout@sha256:abc",
    "remit/rollback/checkout-production/3f2a9c1b40de",
    "the policy gives authorization to nobody",
    "a basic understanding of it",
  ])("leaves alone what is no secret: %s", (text) => {
    expect(redact(text)).toBe(text);
  });

  it("takes time in proportion to the text", () => {
    for (const piece of [
      "://",
      "authorization: ",
      "eyJ",
      "-----BEGIN ",
      "-----BEGIN PRIVATE KEY-----",
      "ghs_",
      "A",
      "basic ",
    ]) {
      expect(redact(piece.repeat(20_000)).length).toBeGreaterThan(0);
    }
  });
});

describe("a body that is too long", () => {
  const line = fc.string({ unit: fc.constantFrom("`", "~", "a", " ", "😀"), maxLength: 40 });

  it("is cut at the end of a line, ends in a note, and leaves no code open", () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.integer({ min: 200, max: 400 }), (lines, limit) => {
        const body = `${lines.join("\n")}\n\`\`\`\n${"x\n".repeat(400)}`;
        const fitted = fitBody(body, limit);
        expect(fitted.length).toBeLessThanOrEqual(limit);
        expect(fitted).toContain("Cut here");
        expect(fitted.isWellFormed()).toBe(true);
      }),
    );
  });

  it("closes a code block before the note", () => {
    const fitted = fitBody(`text\n\`\`\`\`diff\n${"-a\n".repeat(30_000)}\`\`\`\`\n`);
    expect(fitted.length).toBeLessThanOrEqual(bodyLimit);
    expect(fitted).toMatch(/-a\n````\n\n_Cut here/);
  });

  it("keeps its marker, which stands first", () => {
    const marker = "<!-- remit:v1 kind=incident incident=x -->";
    expect(fitBody(`${marker}\n\n${"word ".repeat(8)}\n${"y\n".repeat(40_000)}`).startsWith(marker)).toBe(true);
  });

  it("that isn't too long stays as it is", () => {
    const body = "x".repeat(bodyLimit);
    expect(fitBody(body)).toBe(body);
  });
});
