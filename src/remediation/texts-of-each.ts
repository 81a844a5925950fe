import type { WantedFiles } from "../gitops/mirror/mirror.ts";

/** The texts of files at several revisions, in their order; what isn't there, or isn't UTF-8, is left out. */
export type TextsOfEach = (wanted: readonly WantedFiles[]) => Promise<readonly ReadonlyMap<string, string>[]>;
