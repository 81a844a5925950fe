/** One commit's effect on one field. Newest first where they come in a list. */

import type { Field } from "../catalogue/catalogue.ts";
import type { Commit } from "../mirror/mirror.ts";

export interface FieldChange {
  readonly field: Field;
  readonly commit: Commit;
  /** undefined: the field did not exist before (or after). */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Of a change that no field tells of: only comments changed, or the file can't be read any more. */
  readonly text?: "comments" | "unreadable";
}
