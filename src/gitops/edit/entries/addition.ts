import type { YamlNode } from "../../yaml-tree.ts";
import type { EntryValue } from "../edit.ts";
import type { Passed } from "./follow-path.ts";
import type { Speller } from "./speller.ts";

/** What is put into a collection that is there, with the parents that are made for it. */
export interface Addition {
  readonly text: string;
  readonly root: YamlNode;
  readonly passed: readonly Passed[];
  readonly step: string | number;
  readonly value: EntryValue;
  readonly speller: Speller;
}
