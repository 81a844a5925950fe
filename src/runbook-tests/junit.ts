/** The results in the XML that CI systems read as JUnit's. */
import type { CaseResult } from "./run-case.ts";

export function junit(cases: readonly CaseResult[]): string {
  const files = [...new Set(cases.map(({ file }) => file))];
  const suites = files.map((file) =>
    suite(
      file,
      cases.filter((each) => each.file === file),
    ),
  );
  const counts = `tests="${cases.length}" failures="${failures(cases)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="remit test" ${counts}>\n${suites.join("")}</testsuites>\n`;
}

function suite(file: string, cases: readonly CaseResult[]): string {
  const counts = `tests="${cases.length}" failures="${failures(cases)}"`;
  return `  <testsuite name="${escaped(file)}" ${counts}>\n${cases.map(testcase).join("")}  </testsuite>\n`;
}

function testcase({ file, name, differences }: CaseResult): string {
  const head = `    <testcase classname="${escaped(file)}" name="${escaped(name)}"`;
  if (differences.length === 0) return `${head}/>\n`;
  const text = differences.map(({ what, expected, actual }) => `${what}: expected\n${expected}\nbut it is\n${actual}`);
  const message = `${differences.map(({ what }) => what).join(", ")} not as expected`;
  return `${head}>\n      <failure message="${message}">${escaped(text.join("\n\n"))}</failure>\n    </testcase>\n`;
}

function failures(cases: readonly CaseResult[]): number {
  return cases.filter(({ differences }) => differences.length > 0).length;
}

/** XML 1.0 knows no control characters but tab and line ends, not even escaped ones. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
