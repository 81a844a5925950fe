/** The tables that both databases have, as far as a copy has to know them. The columns have the same names in both. */

export interface Table {
  readonly name: TableName;
  /** The primary key, in which order the table is read. */
  readonly key: readonly string[];
  /** PostgreSQL's types; SQLite's values are the same, but for a boolean, which is 0 or 1 there and in a copy. */
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Left out when written: the other database gives its own, in the same order. */
  readonly generated?: string;
}

export type TableName =
  | "settings"
  | "syncs"
  | "shadows"
  | "outbox"
  | "incidents"
  | "alert_sightings"
  | "inbox"
  | "work";
export type ColumnType = "text" | "bigint" | "integer" | "boolean";

export type StoredValue = string | number | null;
export type StoredRow = Readonly<Record<string, StoredValue>>;

/** Work comes last: whatever it names is there by then. */
export const tables: readonly Table[] = [
  { name: "settings", key: ["key"], columns: { key: "text", value: "text" } },
  {
    name: "syncs",
    key: ["repository", "observed_at", "digest"],
    columns: { repository: "text", observed_at: "bigint", digest: "text", signal: "text" },
  },
  {
    name: "incidents",
    key: ["id"],
    columns: {
      id: "text",
      repository: "text",
      queue: "text",
      opened_at: "bigint",
      closed: "boolean",
      closed_at: "bigint",
      version: "integer",
      service: "text",
      firing_at: "bigint",
      under_way: "boolean",
      incident: "text",
      response: "text",
    },
  },
  {
    name: "shadows",
    key: ["incident"],
    columns: {
      incident: "text",
      repository: "text",
      planned_at: "bigint",
      runbook: "text",
      action: "text",
      outcome: "text",
      lead_ms: "bigint",
      shadow: "text",
    },
  },
  {
    name: "outbox",
    key: ["position"],
    generated: "position",
    columns: { position: "bigint", repository: "text", id: "text", entry: "text" },
  },
  {
    name: "alert_sightings",
    key: ["source", "fingerprint", "starts_at", "status"],
    columns: { source: "text", fingerprint: "text", starts_at: "bigint", status: "text", last_notified_at: "bigint" },
  },
  {
    name: "inbox",
    key: ["id"],
    generated: "id",
    columns: {
      id: "bigint",
      source: "text",
      type: "text",
      event: "text",
      dedupe_key: "text",
      body: "text",
      received_at: "bigint",
      state: "text",
      due_at: "bigint",
      attempts: "integer",
      error: "text",
      last_seen_at: "bigint",
      severity: "integer",
    },
  },
  // Without token and again_at: nobody holds a key in the copy, and each is due at the latest when its lease would end.
  {
    name: "work",
    key: ["key"],
    columns: {
      key: "text",
      queue: "text",
      due_at: "bigint",
      not_before: "bigint",
      attempts: "integer",
      error: "text",
      severity: "integer",
    },
  },
];
