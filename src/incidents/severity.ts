/** How urgent an alert is, most urgent first. It decides who is looked at first, and nothing else. */
export const severities = ["critical", "warning", "info"] as const;
export type Severity = (typeof severities)[number];
