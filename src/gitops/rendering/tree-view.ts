/** One revision's files, as far as rendering looks at them. */
export interface TreeView {
  /** Of a file that configuration may live in; undefined for any other, and where there is none. */
  text(path: string): string | undefined;
  /** As git has it: `100644`, `120000`; undefined where nothing is. */
  mode(path: string): string | undefined;
  /** Everything below a directory, links and submodules included. */
  below(directory: string): readonly string[];
}

/** What is to be laid out for a renderer. Whatever isn't in it isn't there when it renders. */
export interface RenderTree {
  /** Texts that were read, judged and written anew: a renderer can't read them in another way. */
  readonly written: ReadonlyMap<string, string>;
  /** Plain files that go along byte by byte: where they are laid out, and where they stand. */
  readonly copied: ReadonlyMap<string, string>;
}

/** Why something isn't rendered. */
export interface Hindrance {
  readonly why:
    | "remote"
    | "missing"
    | "outside"
    | "not-plain"
    | "runs-code"
    | "inflates-charts"
    | "unknown-key"
    | "unreadable"
    | "too-large";
  /** Where that is said. */
  readonly file: string;
  /** What is said there. Untrusted text. */
  readonly name?: string | undefined;
}

export function isPlain(mode: string | undefined): boolean {
  return mode === "100644" || mode === "100755";
}
