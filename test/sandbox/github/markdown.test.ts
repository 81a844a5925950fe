import fc from "fast-check";
import { expect, it } from "vitest";
import { markdown } from "../../../src/sandbox/github/pages/markdown.ts";

const shown = (text: string) => String(markdown(text));

it("shows headings, code, tables and folded details, and no comment", () => {
  const page = shown(
    "<!-- remit:v1 -->\n\n### Why\n\n`a` | b\n--- | ---\n1 | 2\n\n<details>\n<summary>More</summary>\n\n- x\n\n</details>\n",
  );
  expect(page).toContain("<h3>Why</h3>");
  expect(page).toContain("<table>");
  expect(page).toContain("<details>\n<summary>More</summary>");
  expect(page).not.toContain("remit:v1");
});

it.each([
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "a <b onmouseover=alert(1)>b</b>",
  "<details ontoggle=alert(1) open>",
  "![x](https://example.org/pixel.png)",
  "[x](javascript:alert(1))",
  "<!-- --><script>alert(1)</script><!-- -->",
])("shows %s as text, or not at all", (text) => {
  expect(shown(text)).not.toMatch(/<(?!\/?(?:p|code|pre|a href="https:[^"]*"|a|details|summary)>)[a-z]/i);
  expect(shown(text)).not.toMatch(/href="javascript/i);
});

it("lets no element but Markdown's own through, whatever the text", () => {
  const piece = fc.constantFrom(
    "<",
    ">",
    "script",
    "img src=x",
    "<!--",
    "-->",
    "\n",
    " ",
    "details",
    "summary",
    "/",
    '"',
    "`",
    "x",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      expect(shown(pieces.join(""))).not.toMatch(/<(?:script|img)/i);
    }),
  );
});
