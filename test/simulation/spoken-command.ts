/** What people write to Remit in comments, beside approvals. */
const commands = [
  "/remit hold",
  "/remit reject",
  "/remit snooze 20m\n/remit explain",
  "/remit undo",
  "Please.\n/remit escalate",
  "/remit hold\n/remit resume",
  "/remit retry",
  "/remit rollback",
  "/remit stop",
  "/remit start",
  "/remit aprove\n/remit status",
];

/** One after the other, so that every one of them comes up. */
export function spokenCommand(nth: number): string {
  return commands[nth % commands.length] ?? "/remit status";
}
