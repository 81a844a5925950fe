/**
 * The label by which an alert keeps its incident to people. It can only lower what may be done: an alert that calls itself safe
 * says nothing.
 */

export interface ClassLabel {
  readonly class: "human-only" | "semi-safe";
  /** As it was compared: `alert_class: data-loss`. Never text from outside. */
  readonly label: string;
}

/** Labels that tools use to say what kind of trouble an alert is about. */
const keys: ReadonlySet<string> = new Set([
  "class",
  "category",
  "alert_class",
  "alert_category",
  "incident_class",
  "type",
]);

/** What a person has to judge, whoever granted what. Compared in lower case with `-` for `_` and spaces. */
const humanOnly: ReadonlySet<string> = new Set([
  ...["security", "vulnerability", "intrusion", "breach", "malware", "exfiltration"],
  ...["data-loss", "dataloss", "data-corruption", "data-integrity", "backup"],
  ...["billing", "payment-data", "fraud", "finance"],
  ...["identity", "iam", "authentication", "authorization", "credentials", "secrets"],
  ...["compliance", "privacy", "ambiguous", "human-only"],
]);

export function classLabel(labels: Readonly<Record<string, string>>): ClassLabel | undefined {
  return Object.entries(labels).map(read).reduce(lowerClass, undefined);
}

/** The first one where both are of the same class. */
export function lowerClass(a: ClassLabel | undefined, b: ClassLabel | undefined): ClassLabel | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.class === "semi-safe" && b.class === "human-only" ? b : a;
}

function read([name, value]: readonly [string, string]): ClassLabel | undefined {
  const key = name.toLowerCase();
  const word = value
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, "-");
  if (!keys.has(key)) return undefined;
  const label = `${key}: ${word}`;
  if (humanOnly.has(word)) return { class: "human-only", label };
  return word === "semi-safe" ? { class: "semi-safe", label } : undefined;
}
