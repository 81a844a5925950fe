import type { CommentView } from "../forge.ts";
import type { Response } from "../response.ts";
import type { Permission } from "../situation.ts";
import type { Asked } from "./asked.ts";

export interface Obeyed {
  readonly obeyed: boolean;
  /** Markdown; everything in it that others wrote is quoted as code. */
  readonly text: string;
  readonly change?: Partial<Pick<Response, "plan" | "asked">>;
  /** What has to be done beside remembering it. */
  readonly effect?: "open-stop" | "close-stop" | "act";
}

export interface Asker {
  readonly comment: CommentView;
  readonly login: string;
  readonly permission: Permission;
}

export function yes(text: string, response?: Response, asked?: Asked): Obeyed {
  if (asked === undefined) return { obeyed: true, text };
  return { obeyed: true, text, change: { asked: { ...response?.asked, ...asked } } };
}

export function no(text: string): Obeyed {
  return { obeyed: false, text };
}
