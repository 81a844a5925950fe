/** What an expression may name, with its CEL type. Nothing in here is text from outside: names come from the repository. */

export type ConditionType = "int" | "double" | "bool" | "string" | "google.protobuf.Timestamp";

export interface ConditionVariable {
  readonly type: ConditionType;
  /** With its unit; policies/README.md holds the same sentence. */
  readonly meaning: string;
}

type Variables = Readonly<Record<string, Readonly<Record<string, ConditionVariable>>>>;

const int = (meaning: string): ConditionVariable => ({ type: "int", meaning });
const double = (meaning: string): ConditionVariable => ({ type: "double", meaning });
const bool = (meaning: string): ConditionVariable => ({ type: "bool", meaning });
const string = (meaning: string): ConditionVariable => ({ type: "string", meaning });

export const conditionVariables: Variables = {
  incident: {
    firingFor: int("seconds since the earliest of the firing alerts began; 0 when none fires"),
    alerts: int("alerts that fire, 10,100 at most"),
    attempts: int("changes that Remit has made for this incident"),
    lastChangeAge: int("seconds from the suspected change to the begin of the trouble; missing without a suspect"),
    correlatedServices: int("services of the repository in trouble at the same time; missing where it isn't known"),
  },
  change: {
    action: string("`rollback` and its like"),
    files: int("files that change"),
    lines: int("lines that a person would have to look at"),
    targets: int("targets that change"),
    risks: int("known risks of the change"),
    confidence: double("0.0 to 1.0"),
    rendered: bool("renderers show that it does what it declares, and nothing else"),
  },
  evidence: {
    sources: int("configured sources of alerts whose alerts fire, each counted once"),
    age: int("seconds since a source last said that it fires; missing when none fires"),
  },
  target: {
    service: string("as the repository spells it"),
    environment: string('as the repository spells it; "" where it has none'),
    namespace: string('the namespace; "" where it isn\'t known'),
  },
  time: {
    now: {
      type: "google.protobuf.Timestamp",
      meaning: 'the moment of the decision: `time.now.getHours("Europe/Amsterdam")`',
    },
    hour: int("0 to 23, in UTC"),
    weekday: int("1 for Monday to 7 for Sunday, in UTC"),
  },
};
