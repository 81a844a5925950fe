import { describe, expect, it } from "vitest";
import { parseDirective } from "../../../src/remediation/comments/parse-directive.ts";

const about = { service: "checkout", environment: "production", namespace: "shop" };
const parse = (text: string) => parseDirective({ text, plain: true }, about);
const directive = (text: string) => {
  const parsed = parse(text);
  return parsed.outcome === "directive" ? parsed.directive : undefined;
};
const mistake = (text: string) => {
  const parsed = parse(text);
  return parsed.outcome === "mistake" ? parsed.mistake : undefined;
};

describe("a command in a comment", () => {
  it.each(["status", "explain", "help", "reject", "hold", "resume", "retry", "undo", "escalate", "stop", "start"])(
    "may be %s alone",
    (name) => {
      expect(directive(`/remit ${name}`)).toEqual({ do: name });
    },
  );

  it("approves one commit, or the one that stands there", () => {
    expect(directive("/remit approve")).toEqual({ do: "approve", head: undefined });
    expect(directive("/remit approve 1a2b3c4")).toEqual({ do: "approve", head: "1a2b3c4" });
    expect(mistake("/remit approve everything")?.usage).toBe("/remit approve [COMMIT]");
    expect(mistake("/remit approve 1a2b3c4 5d6e7f8")).toBeDefined();
  });

  it("snoozes for a minute to a week", () => {
    expect(directive("/remit snooze 2h")).toEqual({ do: "snooze", forMs: 2 * 60 * 60_000 });
    expect(directive("/remit snooze 7d")).toBeDefined();
    for (const wrong of ["", " 8d", " 0m", " 2", " 2 h", " 1.5h", " 99999d"])
      expect(mistake(`/remit snooze${wrong}`)?.message).toContain("1m to 7d");
  });

  it("carries out an action on what the incident is about", () => {
    const command = (text: string) => {
      const found = directive(text);
      return found?.do === "act" ? found.command : undefined;
    };
    const here = { service: "checkout", environment: "production", namespace: "shop" };
    expect(command("/remit rollback")).toMatchObject({ ...here, ask: { action: "rollback", to: undefined } });
    expect(command("/remit rollback to v1.4.2")).toMatchObject({ ...here, ask: { to: "v1.4.2" } });
    expect(command("/remit scale 3")).toMatchObject({ ...here, ask: { action: "scale", replicas: 3 } });
    expect(command("/remit scale checkout 3")).toMatchObject({ ...here, ask: { replicas: 3 } });
    expect(command("/remit resize memory 512Mi")).toMatchObject({ ...here, ask: { action: "resize" } });
    expect(command("/remit flag new-cart off")).toMatchObject({ ...here, ask: { action: "flag", flag: "new-cart" } });
    expect(command("/remit resume checkout")).toMatchObject({ ...here, ask: { action: "suspend", suspended: false } });
    expect(command("/remit undo 1a2b3c4")).toMatchObject({ ask: { action: "undo", commit: "1a2b3c4" } });
  });

  it("says where another service or environment is meant, and takes nothing of this one's over", () => {
    const found = directive("/remit scale cart 3");
    expect(found).toMatchObject({ command: { service: "cart", environment: undefined, namespace: undefined } });
    expect(directive("/remit scale checkout 3 --environment staging")).toMatchObject({
      command: { environment: "staging" },
    });
  });

  it.each([
    ["/remit", "no command is given", "/remit status"],
    ["/remit aprove", "did you mean approve?", "/remit status"],
    ["/remit hold please", "hold takes nothing else", "/remit hold"],
    ["/remit scale lots", "scale wants a service", "/remit scale"],
  ])("that is none, such as %s, is told with the form that it should have", (text, message, usage) => {
    expect(mistake(text)?.message).toContain(message);
    expect(mistake(text)?.usage).toContain(usage);
  });

  it("may have spaces around and between its words", () => {
    expect(directive("  /remit   approve  1a2b3c4 ")).toEqual({ do: "approve", head: "1a2b3c4" });
    expect(directive("/remit snooze  2h")).toEqual({ do: "snooze", forMs: 2 * 60 * 60_000 });
  });

  it.each(["1a2b3c4x", "x1a2b3c4", "1a2b3c", "A1A2B3C4"])("approves nothing called %s", (head) => {
    expect(mistake(`/remit approve ${head}`)?.message).toContain("7 to 64 hex digits");
  });

  it("that is none at all is told without a guess", () => {
    expect(mistake("/remit xyzzyplugh")?.message).toBe('there is no command "xyzzyplugh"');
    expect(mistake("/remit snooze")?.usage).toBe("/remit snooze 2h");
  });

  it("never takes a service's name for an option, and tells a mistake as it was written", () => {
    const strange = (service: string, text: string) => parseDirective({ text, plain: true }, { ...about, service });
    for (const service of ["--to", "a b", "-x y", "b c"])
      expect(strange(service, "/remit scale lots")).toEqual(parse("/remit scale lots"));
    expect(strange("cart 3", "/remit scale").outcome).toBe("mistake");
    // What is a command as it stands isn't read another way.
    expect(directive("/remit rollback cart")).toMatchObject({ command: { service: "cart" } });
  });

  it("is refused with markup in it", () => {
    expect(parseDirective({ text: "/remit stop", plain: false }, about)).toMatchObject({ outcome: "mistake" });
  });
});
