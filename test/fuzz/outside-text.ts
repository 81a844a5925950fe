/** Text as people and attackers write it: noise, real pieces in any order, and real texts with something wrong in them. */
import fc from "fast-check";

const pieces = [
  "a:",
  " ",
  "\n",
  "  ",
  "- ",
  "? ",
  "[",
  "]",
  "{",
  "}",
  "&x ",
  "*x",
  "<<: ",
  "!!omap ",
  "!!js/function ",
  "|\n",
  ">-\n",
  "'",
  '"',
  "#",
  "---\n",
  "...\n",
  "{{ .x }}",
  "\t",
  "\r\n",
  "\u0000",
  "\ufeff",
  "\u2028",
  "\u202e",
  "\ud800",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "apiVersion: remit.dev/v1alpha1\n",
  "kind: Authority\n",
  "metadata: {name: a}\n",
  "spec:\n",
  "  version: 1\n",
  "  grants: []\n",
  "tier: merge\n",
  "Remit-Candidate: x\n",
  "Signed-off-by: x\n",
  "<!-- remit:v1 kind=pull incident=x -->",
  "remit/rollback/a/",
  "0".repeat(40),
  "10m",
  "2/24h",
  "1e999",
  "%",
  "%zz",
  "-->",
  ".lock",
  "@{",
  "..",
  "~",
  "^",
  "\\",
  "$(id)",
  "`id`",
  "KEY=value\n",
  "export ",
  "=",
  "commit ",
  "/remit ",
  "scale ",
  "rollback ",
  "--environment=",
  "* ",
  "incident.alerts > 1",
  "registry.example/shop/cart:v1@sha256:",
  'Bearer realm="https://a/b",',
  ":100644 100644 ",
];

export const outsideText: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...pieces) },
        { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.tuple(fc.constantFrom(...pieces), fc.integer({ min: 1, max: 3_000 })).map(([piece, count]) => piece.repeat(count)),
);

/** A text with a stretch of it replaced by something else. */
export function damaged(text: string): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.nat({ max: text.length }),
      fc.nat({ max: 20 }),
      fc.oneof(fc.constantFrom("", ...pieces), fc.string({ unit: "binary", maxLength: 5 })),
    )
    .map(([at, length, other]) => text.slice(0, at) + other + text.slice(at + length));
}
