import { readable } from "../../diagnosis/readable.ts";
import type { Hindrance } from "../../gitops/rendering/tree-view.ts";

/** A sentence's end, for people. */
export function hindranceText({ why, file, name }: Hindrance): string {
  const place = readable(file);
  const what = name === undefined ? "something" : readable(name);
  switch (why) {
    case "remote":
      return `${place} takes ${what} from elsewhere, and nothing is fetched`;
    case "missing":
      return `${place} names ${what}, which isn't there`;
    case "outside":
      return `${place} names ${what}, which is outside of the repository`;
    case "not-plain":
      return `${place} leads to a link or a submodule`;
    case "runs-code":
      return `${place} has ${what}, which may run programs`;
    case "inflates-charts":
      return `${place} has ${what}, which fetch charts`;
    case "unknown-key":
      return `${place} says ${what}, which isn't followed`;
    case "unreadable":
      return `${place} can't be read without doubt`;
    case "too-large":
      return `${place} draws in too much`;
  }
}
