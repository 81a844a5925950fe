/** One file of a real diff, as git tells it. Nothing here was said by whoever wrote it: no title, no trailer, no branch name. */
export interface DiffFile {
  readonly path: string;
  readonly before: DiffSide;
  readonly after: DiffSide;
}

export interface DiffSide {
  /** `000000` where there is no such file, `120000` for a symbolic link, `160000` for a submodule. */
  readonly mode: string;
  /** undefined: there is no file, or it wasn't read, or it isn't UTF-8. */
  readonly text: string | undefined;
}
