/** Tests that need PostgreSQL. Where there is none they are skipped, and the name of the skipped says what to install. */
import { describe, inject } from "vitest";

export function describePostgres(name: string, define: () => void): void {
  const { url, missing } = inject("postgres");
  if (url === undefined) describe.skip(`${name} (${missing})`, define);
  else describe(name, define);
}
