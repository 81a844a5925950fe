/** Paths that Remit never writes, in code and not in policy. Decided on the literal path; when unsure, denied. */
import type { Reason } from "../../reason.ts";

/** undefined when the path may be written. */
export function writablePath(path: string): Reason | undefined {
  const why = denial(path);
  return why === undefined ? undefined : { code: "path-denied", message: `Remit never writes this path: ${why}` };
}

const maxPathLength = 1024;
/** Segments that git, GitHub or Remit itself read as instructions. */
const reserved = new Set(["codeowners", ".policy.yml", ".policy.yaml", ".sops.yaml", ".sops.yml"]);
const secretName =
  /sops|sealed-?_?secret|external-?_?secret|secretstore|(?:^|[-_.])secrets?(?:[-_.]|$)|\.enc(?:\.|$)|\.(?:pem|key|p12|pfx|jks|kdbx|gpg|asc|age)$/;
/**
 * A directory may be named after a program that deals with secrets: `vault-secrets-operator` holds how it runs, while
 * `secrets-production` holds secrets. What such a file says is looked at all the same.
 */
const secretsProgram = /[-_](?:operator|controller|driver|injector|manager|provider|reloader|syncer|webhook)$/;

function denial(path: string): string | undefined {
  if (path === "" || path.length > maxPathLength) return "its length";
  if (path.startsWith("/") || path.includes("\\")) return "it isn't relative and separated by slashes";
  if (/[\p{C}\p{Zl}\p{Zp}\ufffd]/u.test(path)) return "it holds invisible or undecodable characters";
  const segments = path.split("/");
  for (const [index, segment] of segments.entries()) {
    const why = segmentDenial(segment, index < segments.length - 1 ? "directory" : "file");
    if (why !== undefined) return why;
  }
  return undefined;
}

function segmentDenial(segment: string, kind: "directory" | "file"): string | undefined {
  if (segment === "" || segment === "." || segment === "..") return "it isn't normal";
  if (/[. ]$|^ |:/.test(segment)) return "a part of it could be read as another name";
  const folded = fold(segment);
  if (folded === "" || /[/\\]|\.$/.test(folded)) return "it isn't normal";
  if (folded.startsWith(".git") || folded.startsWith("git~")) return "it belongs to git or GitHub";
  if (reserved.has(folded)) return "it decides who may change what";
  if (secretName.test(folded) && !(kind === "directory" && secretsProgram.test(folded))) return "it may hold secrets";
  return undefined;
}

/** What a forgiving file system may take the name for: compatibility forms, accents, case and ignorable characters removed. */
function fold(segment: string): string {
  return segment
    .normalize("NFKD")
    .replace(/[\p{Default_Ignorable_Code_Point}\p{M}\s]/gu, "")
    .toLowerCase()
    .toUpperCase()
    .toLowerCase();
}
