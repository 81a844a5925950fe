import { directiveRules } from "../comments/directive.ts";

/** Who may say what in a comment. */
export function helpTable(): string {
  const rows = Object.values(directiveRules).map(
    ({ usage, means, permission }) => `| \`${usage.replaceAll("|", "¦")}\` | ${means} | ${permission} |`,
  );
  return [
    "One command on a line of its own. What GitHub says of your permission at that moment counts; approvals need what the policy asks for, too.",
    "",
    "| command | what it does | who may |",
    "| --- | --- | --- |",
    ...rows,
  ].join("\n");
}
