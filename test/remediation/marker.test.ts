import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findMarker, markerKinds, renderMarker } from "../../src/remediation/marker.ts";

const values = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("-", ">", "!", "<", " ", "\n", "%", "=") }),
  fc.constantFrom("-->", "--!>", "<!--", " kind=pull", "a-", "--"),
);
const markers = fc.record(
  { kind: fc.constantFrom(...markerKinds), incident: values, digest: values, version: fc.constant(1 as const) },
  { requiredKeys: ["kind", "incident", "version"] },
);

describe("a marker", () => {
  it("reads back as what it was made from, with any text after it and any line ends", () => {
    fc.assert(
      fc.property(markers, fc.string(), fc.constantFrom("\n", "\r\n", "\r\n\r\n"), (marker, text, end) => {
        expect(findMarker(`${renderMarker(marker)}${end}${text}`)).toEqual(marker);
      }),
    );
  });

  it("is one HTML comment on one line, which no value ends early", () => {
    fc.assert(
      fc.property(markers, (marker) => {
        const inner = renderMarker(marker).slice("<!--".length, -"-->".length);
        expect(inner).toMatch(/^ .* $/);
        expect(inner).not.toMatch(/--|[<>\n\r]/);
      }),
    );
  });

  it.each([
    ["quoted further down", "hello\n<!-- remit:v1 kind=pull incident=x -->"],
    ["quoted in a list", "> <!-- remit:v1 kind=pull incident=x -->"],
    ["of another version", "<!-- remit:v2 kind=pull incident=x -->"],
    ["of an unknown kind", "<!-- remit:v1 kind=boss incident=x -->"],
    ["with more behind it", "<!-- remit:v1 kind=pull incident=x --> text"],
    ["with a broken value", "<!-- remit:v1 kind=pull incident=%E0%A4%A -->"],
    ["that isn't there", ""],
  ])("%s doesn't count", (_name, body) => {
    expect(findMarker(body)).toBeUndefined();
  });
});
