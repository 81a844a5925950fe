import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandLines } from "../../../src/remediation/comments/command-lines.ts";

const texts = (body: string) => commandLines(body).map(({ text }) => text);

describe("the commands of a comment", () => {
  it("are the lines that begin with /remit, among whatever else is said", () => {
    expect(texts("I think it's the release.\n/remit hold\nLet me look first.\n\n/remit escalate")).toEqual([
      "/remit hold",
      "/remit escalate",
    ]);
    expect(texts("/remit status\r\n/remit explain\r\n")).toEqual(["/remit status", "/remit explain"]);
    expect(texts("   /remit status")).toEqual(["/remit status"]);
    expect(texts("/remit")).toEqual(["/remit"]);
    expect(texts("Look first.  \n/remit hold\\\n/remit escalate")).toEqual(["/remit hold", "/remit escalate"]);
    expect(texts("\\\n/remit hold")).toEqual(["/remit hold"]);
  });

  it.each([
    ["within a sentence", "please don't /remit stop"],
    ["of another word", "/remitting is fun\n/remits"],
    ["in fenced code", "```\n/remit stop\n```"],
    ["in fenced code without an end", "~~~sh\n/remit stop"],
    ["in indented code", "Look:\n\n    /remit stop"],
    ["in a code span", "`/remit stop`"],
    ["in a code span over several lines", "see `a\n/remit stop\nb`"],
    ["in a quote", "> /remit stop"],
    ["in a quote's lazy line", "> as bob said\n/remit stop"],
    ["in an HTML comment", "<!--\n/remit stop\n-->"],
    ["in an HTML comment within a sentence", "so <!-- hidden\n/remit stop\n--> be it"],
    ["in an HTML block", "<details>\n/remit stop\n</details>"],
    ["in a list", "- /remit stop"],
    ["in a heading", "# /remit stop"],
    ["in a heading by its underline", "/remit stop\n==="],
    ["in the text of a link", "[/remit stop](https://example.com)"],
    ["in emphasis", "*/remit stop*"],
    ["behind a backslash", "\\/remit stop"],
    ["in another case", "/Remit stop"],
  ])("aren't found %s", (_, body) => {
    expect(texts(body)).toEqual([]);
  });

  it("aren't looked for beyond what GitHub takes", () => {
    const long = "x\n\n".repeat(65_536 / 3);
    expect(texts(`/remit hold\n\n${long}`)).toEqual(["/remit hold"]);
    expect(texts(`/remit hold\n\n${long}/remit stop`)).toEqual(["/remit hold"]);
  });

  it("say when they hold more than text", () => {
    expect(commandLines("/remit scale *checkout* 3")).toEqual([{ text: "/remit scale checkout 3", plain: false }]);
    expect(commandLines("/remit hold <!-- not -->").map(({ plain }) => plain)).toEqual([false]);
    expect(commandLines("/remit scale my_odd_name 3").map(({ plain }) => plain)).toEqual([true]);
  });

  it("are never found in what is fenced, whatever it says", () => {
    const line = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("`", "'"));
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        expect(texts(["```", "/remit stop", ...lines, "/remit start", "```"].join("\n"))).toEqual([]);
      }),
    );
  });

  it("are found in any text without a crash", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(Array.isArray(commandLines(`${text}\n\n/remit status`))).toBe(true);
      }),
    );
  });
});
