import { describe, expect, it } from "vitest";
import { type IncidentWorld, minute } from "../support/incident-world.ts";
import { incidentWorlds } from "../support/incident-worlds.ts";
import { people, play, shop } from "../support/play.ts";

describe("the dashboard", { timeout: 240_000 }, () => {
  const opened = incidentWorlds();

  async function world(): Promise<IncidentWorld> {
    const made = await opened({ tier: "propose", dashboard: true });
    await made.keepDashboard();
    return made;
  }

  async function shown(made: IncidentWorld) {
    const { rest } = people(made, "alice");
    const { data } = await rest.issues.listForRepo({ ...shop, state: "all", labels: "remit:dashboard" });
    return data.map(({ number, state, body, updated_at }) => ({ number, state, body: body ?? "", updated_at }));
  }

  async function one(made: IncidentWorld) {
    const [issue, ...others] = await shown(made);
    expect(others).toEqual([]);
    if (issue === undefined) throw new Error("there is no dashboard");
    return issue;
  }

  /** In the browser, by a box at a line that holds `text`. */
  async function tick(made: IncidentWorld, who: Parameters<typeof people>[1], text: string): Promise<string> {
    const { number, body } = await one(made);
    const lines = body.split("\n").map((line) => {
      if (!line.includes(text)) return line;
      return line.startsWith("- [ ]") ? line.replace("- [ ]", "- [x]") : line.replace("- [x]", "- [ ]");
    });
    made.clock.advance(minute);
    await people(made, who).rest.issues.update({ ...shop, issue_number: number, body: lines.join("\r\n") });
    await made.receive([{ ...made.event("issues", "edited"), sender: who, switches: "dashboard" }]);
    await made.keepDashboard();
    return (await one(made)).body;
  }

  it("is one issue, which costs nothing while nothing changes, and tells of incidents as they go", async () => {
    const made = await world();
    const { body } = await one(made);
    expect(body).toContain("Remit is at work.");
    expect(body).toContain("### Open incidents\n\nNone.");
    expect(body).toContain(
      "| `shop-rollback` | `production` | `checkout` `cart` `catalog` | `rollback` | propose | enforce |",
    );
    const before = made.forge.requests;
    await made.keepDashboard();
    expect(made.forge.requests).toBe(before);

    await play(made, { looks: 3 });
    await made.keepDashboard();
    expect((await one(made)).body).toMatch(/- \[ \] hold `checkout\/production` \(#\d+\), since .*pull request #\d+/);
    await made.loseStore();
    await made.keepDashboard();
    expect((await one(made)).body).toContain("### Open incidents\n\nNone.");
  });

  it("holds an incident for whoever may, and for nobody else", async () => {
    const made = await world();
    await play(made, { looks: 3 });
    await made.keepDashboard();
    const held = await tick(made, "bob", "hold `checkout/production`");
    expect(held).toMatch(/- \[x\] hold `checkout\/production` .* Held by `bob`\./);
    expect((await made.store.incidents.open())[0]?.response.asked?.held).toMatchObject({ by: "bob" });
    const free = await tick(made, "alice", "hold `checkout/production`");
    expect(free).toMatch(/- \[ \] hold `checkout\/production`/);
    expect((await made.store.incidents.open())[0]?.response.asked?.held).toBeUndefined();
  });

  it("stops and starts Remit; a box that may not be ticked is as it was, and the issue says why", async () => {
    const made = await world();
    const stopped = await tick(made, "bob", "stop everything");
    expect(stopped).toMatch(/Remit only watches: #\d+ stands\.\n\n- \[x\] stop/);
    expect(stopped).toContain("**`bob` stopped Remit.**");
    const refused = await tick(made, "bob", "stop everything");
    expect(refused).toContain("**Not done for `bob`: it takes maintain permission.**");
    expect(refused).toMatch(/- \[x\] stop everything/);
    await made.loseStore();
    const started = await tick(made, "alice", "stop everything");
    expect(started).toMatch(/Remit is at work\.\n\n- \[ \] stop/);
  });

  it("shows what is wrong with a policy, and where", async () => {
    const made = await world();
    const broken =
      "apiVersion: remit.dev/v1alpha1\nkind: Authority\nmetadata: {name: shop}\nspec: {version: 2, grant: []}\n";
    const files = { ".github/remit/authority.yaml": broken };
    await made.github.commitAs("bob", { branch: "main", files, message: "Quick edit" });
    await made.receive([made.event("push")]);
    await made.keepDashboard();
    const { body } = await one(made);
    expect(body).toContain("Remit suggests at most until these are mended.");
    expect(body).toMatch(/- `\.github\/remit\/authority\.yaml:4:\d+: .*grant.*did you mean grants\?`/);
  });

  it("that somebody closed stays closed, and isn't written any more", async () => {
    const made = await world();
    const { number } = await one(made);
    await people(made, "alice").rest.issues.update({ ...shop, issue_number: number, state: "closed" });
    const closed = await one(made);
    await play(made, { looks: 2 });
    await made.keepDashboard();
    expect(await one(made)).toEqual({ ...closed, state: "closed" });
  });

  it("isn't another's issue with the label and the marker", async () => {
    const made = await world();
    const { number, body } = await one(made);
    const { rest } = people(made, "alice");
    const theirs = body.replace("- [ ] stop", "- [x] stop");
    await rest.issues.create({ ...shop, title: "Mine", body: theirs, labels: ["remit:dashboard"] });
    await made.receive([{ ...made.event("issues", "opened"), sender: "alice", switches: "dashboard" }]);
    await made.keepDashboard();
    expect(await shown(made)).toEqual([
      expect.objectContaining({ body: theirs }),
      expect.objectContaining({ number, body: expect.stringContaining("Remit is at work.") }),
    ]);
  });
});
