/** What people asked for in comments, as far as it still counts. */
import type { Command } from "../../actions/commands/command.ts";
import type { Instant } from "../../clock.ts";

export interface Asked {
  /** Nothing is written to git: until `until`, or until somebody says otherwise. */
  readonly held?: (Ask & { readonly until: Instant | undefined }) | undefined;
  /** One for each person and head. */
  readonly approvals?: readonly (Ask & { readonly head: string })[];
  /** The newest change, before its merge, is to go. */
  readonly rejected?: Ask | undefined;
  /** The fix that was merged is to be taken back. */
  readonly undo?: Ask | undefined;
  /** A person is to be called. */
  readonly escalate?: Ask | undefined;
  /** The change that the incident was opened for, where nothing else had opened one. */
  readonly request?: Request;
  /** The last comments that were obeyed: what they led to is done, the answer perhaps not sent yet. Newest last. */
  readonly answers?: readonly CommentAnswer[];
}

export interface Ask {
  /** Login. */
  readonly by: string;
  /** When the comment was written. */
  readonly at: Instant;
}

export interface Request extends Ask {
  /** Number of the issue or pull request that it was written on. */
  readonly on: number;
  readonly command: Command;
}

export interface CommentAnswer {
  /** GitHub's id of the comment. */
  readonly comment: string;
  readonly obeyed: boolean;
  /** Markdown. */
  readonly text: string;
  /** GitHub took it. Its lists may show that some seconds later only. */
  readonly sent?: true;
}
