import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, isCanonicalJson, textDigest } from "../../src/ledger/canonical-json.ts";
import { chain, emptyTip, entryOf, recordPath } from "../../src/ledger/chain.ts";
import { parseRecord } from "../../src/ledger/parse-record.ts";

const entry = (minute: number) =>
  entryOf({
    kind: "opened",
    phase: "result",
    time: new Date(Date.UTC(2026, 10, 28, 2, minute)).toISOString(),
    software: "1.0.0",
    actor: { kind: "remit" },
  });

describe("the chain of records", () => {
  it("numbers records without gaps, names the digest of each before, and reads back as written", () => {
    const { files, tip } = chain([entry(1), entry(2)], emptyTip);
    expect(files.map(({ path }) => path)).toEqual(["2026/11/000000001.json", "2026/11/000000002.json"]);
    const [first, second] = files.map(({ text }) => parseRecord(text));
    expect(first).toMatchObject({ kind: "record", canonical: true, record: { sequence: 1, previous: "0".repeat(64) } });
    expect(second).toMatchObject({ record: { sequence: 2, previous: textDigest(files[0]?.text ?? "") } });
    expect(tip).toEqual({ sequence: 2, hash: textDigest(files[1]?.text ?? "") });
  });

  it("goes on behind a tip as if it had never paused", () => {
    const entries = [entry(1), entry(2), entry(3)];
    const whole = chain(entries, emptyTip);
    const begun = chain(entries.slice(0, 1), emptyTip);
    const rest = chain(entries.slice(1), begun.tip);
    expect([...begun.files, ...rest.files]).toEqual(whole.files);
    expect(rest.tip).toEqual(whole.tip);
  });

  it("gives the same entry the same id, and another one another", () => {
    expect(entry(1).id).toBe(entry(1).id);
    expect(entry(1).id).not.toBe(entry(2).id);
  });

  it("files a record by the month of its time", () => {
    expect(recordPath({ time: "2027-01-31T23:59:59.999Z", sequence: 123_456_789 })).toBe("2027/01/123456789.json");
  });
});

describe("canonical JSON", () => {
  it("doesn't depend on the order in which keys were set", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("is that of RFC 8785's own example", () => {
    const value = {
      numbers: [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it("is told from any other spelling of the same value", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue()), (value) => {
        for (const text of [canonicalJson(value), JSON.stringify(value), JSON.stringify(value, null, 1)])
          expect(isCanonicalJson(text, JSON.parse(text))).toBe(text === canonicalJson(value));
      }),
    );
    for (const text of ['{"b":1,"a":2}', '{"a":1.0}', '["\\ud800"]', '{"\\ud800":1}', '{"a":1,"a":1}'])
      expect(isCanonicalJson(text, JSON.parse(text))).toBe(false);
    expect(isCanonicalJson('{"10":1,"9":1}', JSON.parse('{"10":1,"9":1}'))).toBe(true);
  });

  it("refuses what JSON can't hold", () => {
    for (const value of [Number.NaN, "\ud800", undefined]) expect(() => canonicalJson(value)).toThrow("canonical JSON");
  });
});

describe("reading a record", () => {
  it.each([
    ["{", "it isn't JSON"],
    ["{}", "format"],
    [JSON.stringify({ ...JSON.parse(chain([entry(1)], emptyTip).files[0]?.text ?? ""), more: 1 }), "more"],
  ])("says what is wrong with %s", (text, why) => {
    const parsed = parseRecord(text);
    expect(parsed.kind === "unreadable" && parsed.why).toContain(why);
  });

  it("tells canonical bytes from equal ones", () => {
    const [file] = chain([entry(1)], emptyTip).files;
    const pretty = JSON.stringify(JSON.parse(file?.text ?? ""), null, 1);
    expect(parseRecord(pretty)).toMatchObject({ kind: "record", canonical: false });
  });
});
