/** A commit with the texts of the files that it touched, as far as somebody asked for them. */
import type { Commit } from "../mirror/mirror.ts";

export interface CommitTexts {
  readonly commit: Commit;
  /** By path; undefined where the file didn't exist before (or doesn't after). */
  readonly texts: ReadonlyMap<string, { readonly before: string | undefined; readonly after: string | undefined }>;
}
