/** What the watchdog needs of GitHub. Implemented in github/, one request per method. */
export interface WatchdogIssues {
  /** The newest issue of ours with the label, open or closed. */
  read(): Promise<WatchdogIssueView>;
  open(issue: { readonly title: string; readonly body: string }): Promise<void>;
  write(issue: { readonly number: number; readonly body: string; readonly state: "open" | "closed" }): Promise<void>;
}

export interface WatchdogIssueView {
  readonly archived: boolean;
  readonly issue: { readonly number: number; readonly open: boolean; readonly body: string } | undefined;
}

export const watchdogLabel = "remit:watchdog";
