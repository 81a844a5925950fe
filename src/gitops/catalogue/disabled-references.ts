/** References of a kustomization that somebody has commented out: `# - ../../apps/checkout`. */
const line =
  /^[ \t]*#+[ \t]*-[ \t]+(?:path:[ \t]*)?["']?(\.{1,2}\/[^\s"'#]{1,500}|[\w-][^\s"':#]{0,500}\.ya?ml)["']?[ \t]*\r?$/gm;

export function disabledReferences(text: string): readonly string[] {
  if (!text.includes("#")) return [];
  const found: string[] = [];
  for (const match of text.matchAll(line)) if (match[1] !== undefined) found.push(match[1]);
  return found;
}
