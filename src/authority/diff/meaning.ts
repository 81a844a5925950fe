/** What a code says of a file, for people. */
import type { ReasonCode } from "../../reason.ts";

const meanings: Partial<Readonly<Record<ReasonCode, string>>> = {
  "text-not-understood": "no parser of Remit's reads what changes",
  "file-unreadable": "what changes can't be read as text, or is too much of it",
  "edit-template": "a template changes, and only rendering it tells what it does",
  "edit-parse-error": "what changes isn't valid YAML or JSON",
  "edit-alias": "it has anchors or aliases, so a value may stand for others",
  "edit-unsupported": "it has tags or keys that readers take differently",
  "edit-duplicate-key": "a key is written twice, and readers don't agree which one counts",
  "edit-block-scalar": "a block of text changes, and what it means isn't told",
  "edit-not-proved": "a second parser doesn't confirm that only these values change",
  "layout-changed": "more changes than the values: comments, order, quotes or white space",
  "encoding-changed": "its byte order mark or its line endings change",
  "text-invisible": "characters come in that nobody sees",
  "file-added": "a file is added",
  "file-removed": "a file is removed",
  "file-renamed": "a file is renamed",
  "target-unknown": "no target is known to be determined by what changes",
  "shared-field": "what changes determines several targets at once",
  "secret-rotated": "secrets change, and going back would restore the old ones",
  "field-immutable": "a field changes that can't be changed on an object that exists",
  "volume-resized": "a volume's size changes, and volumes never shrink",
  "crd-changed": "a custom resource definition changes, and all its objects with it",
  "replicas-removed": "a number of replicas is removed, which may mean one",
  "data-removed": "an object is removed that takes its data with it",
  "identity-changed": "an object's name, namespace or kind changes, so the old one is deleted",
  "reference-changed": "what is delivered from where changes, so what was there is deleted",
  "rollback-unsafe": "its owners say that it isn't safe to roll back",
};

export function meaning(code: ReasonCode, file: string): string {
  return `${meanings[code] ?? code} (${file})`;
}
