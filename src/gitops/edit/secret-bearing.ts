/** Does this text hold secrets, encrypted or not, or stand for a file that is kept elsewhere? When unsure, yes. */
import { parseYamlTree, type YamlNode } from "../yaml-tree.ts";

const secretKind = /^(?:\w*Secret|\w*Secrets|\w*SecretStore|SecretProviderClass)$/;
/** Space within one line only: over many empty lines the search would begin anew at each of them. */
const encrypted =
  /ENC\[AES256_GCM,|^[ \t]*["']?sops(?:_\w+)?["']?[ \t]*[:=]|-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----|^\$ANSIBLE_VAULT;/m;
const secretLine = /^[ \t]*(?:-[ \t]+)?["']?kind["']?[ \t]*:[ \t]*["']?\w{0,80}Secret/m;
const largeFilePointer = /^version https:\/\/git-lfs\.github\.com\/spec\//;

/** YAML, JSON and lines of `KEY=value`. Mentioning a secret (`secretKeyRef`, `valuesFrom`) isn't holding one. */
export function secretBearing(text: string): boolean {
  if (largeFilePointer.test(text) || encrypted.test(text)) return true;
  // Without the word, an escape that could spell it, and an alias that could stand for it, there is nothing to parse.
  if (!/Secret|[\\*]/.test(text)) return false;
  const parsed = parseYamlTree(text);
  if (!parsed.ok) return secretLine.test(text);
  return parsed.documents.some(isSecret);
}

function isSecret(node: YamlNode): boolean {
  // Documents, and the items of a `List`; anything deeper only refers to objects.
  if (node.kind === "sequence") return node.items.some(isSecret);
  if (node.kind !== "mapping") return false;
  return node.entries.some(({ key, value }) => {
    if (key === "kind") return value.kind === "alias" || (value.kind === "scalar" && secretKind.test(value.value));
    return key === "items" && value.kind === "sequence" && value.items.some(isSecret);
  });
}
