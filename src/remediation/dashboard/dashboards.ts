/** What the dashboard needs of GitHub. Implemented in github/, one request per method. */
export interface Dashboards {
  /** The newest issue of ours with the label, open or closed, and the switches that stand on GitHub. */
  read(): Promise<DashboardView>;
  open(issue: { readonly title: string; readonly body: string }): Promise<void>;
  write(issue: { readonly number: number; readonly body: string }): Promise<void>;
}

export interface DashboardView {
  readonly archived: boolean;
  /** Number of an open issue labelled `remit:stop`. */
  readonly stopIssue: number | undefined;
  readonly issue: DashboardIssue | undefined;
}

export interface DashboardIssue {
  readonly number: number;
  readonly open: boolean;
  readonly body: string;
  /** Who changed its text last; undefined: nobody since it was written, or GitHub doesn't tell. */
  readonly editor: { readonly login: string; readonly isPerson: boolean } | undefined;
}

export const dashboardLabel = "remit:dashboard";
