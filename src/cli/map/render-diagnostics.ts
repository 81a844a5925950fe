/** What couldn't be read, for people: a chart's templates are expected not to be YAML, and only counted. */
import type { FileDiagnostic } from "../../gitops/catalogue/catalogue.ts";

const shown = 20;

export function* renderDiagnostics(diagnostics: readonly FileDiagnostic[]): Generator<string> {
  const others = diagnostics.filter(({ template }) => template !== true);
  for (const { file, line, message } of others.slice(0, shown))
    yield `${file}${line === undefined ? "" : `:${line}`}: ${message}`;
  if (others.length > shown) yield `and ${others.length - shown} more files (--json lists them)`;
  const templates = diagnostics.length - others.length;
  if (templates === 0) return;
  const what = templates === 1 ? "1 template isn't" : `${templates} templates aren't`;
  yield `${what} read as YAML: what stood there can be restored, and no value is set (--json lists them)`;
}
