import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claudeCounsel } from "../../src/model/claude-counsel.ts";
import { opinionOperand } from "../../src/remediation/counsel.ts";
import { alert, candidate, incident } from "../support/situation.ts";

const api = "https://model.example";
const apiKey = "sk-canary-000";
const counsel = claudeCounsel({ apiKey, baseUrl: api });

function question(annotations: Record<string, string> = {}) {
  return { incident: incident({ alerts: [alert({ annotations })] }), candidates: [candidate()], suspects: [] };
}

function answering(text: string, stop_reason = "end_turn") {
  const usage = { input_tokens: 1, output_tokens: 1 };
  const content = [{ type: "text", text }];
  const message = { id: "msg_1", type: "message", role: "assistant", model: "m", content, stop_reason, usage };
  return nock(api)
    .post("/v1/messages")
    .reply(200, { ...message, stop_sequence: null });
}

beforeEach(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());

describe("the model's opinion", () => {
  it("agrees by index, and then changes nothing", async () => {
    answering('{"choice":0,"explanation":"The version changed just before."}');
    const opinion = await counsel.opinion(question());
    expect(opinion).toEqual({ choice: 0, prose: "The version changed just before." });
    expect(opinionOperand(opinion, 0)).toBeUndefined();
  });

  it("lowers the tier to a review when it would choose nothing", async () => {
    answering('{"choice":-1,"explanation":"Unrelated."}');
    const operand = opinionOperand(await counsel.opinion(question()), 0);
    expect(operand).toMatchObject({ name: "model", tier: "propose", reason: { code: "model-none" } });
  });

  it.each([
    ["an index that doesn't exist", '{"choice":7,"explanation":""}', "end_turn"],
    ["a value of its own", '{"choice":0,"explanation":"","newTag":"v9"}', "end_turn"],
    ["no JSON", "roll back to v9", "end_turn"],
    ["a refusal", '{"choice":0,"explanation":""}', "refusal"],
    ["an answer that was cut", '{"choice":0,"explanation":""}', "max_tokens"],
  ])("has no opinion after %s", async (_, text, stop) => {
    answering(text, stop);
    expect(await counsel.opinion(question())).toMatchObject({ choice: "absent" });
  });

  it("has no opinion when the model can't be reached, and tells no secret", async () => {
    nock(api)
      .post("/v1/messages")
      .times(2)
      .reply(500, { error: { message: apiKey } });
    const opinion = await counsel.opinion(question());
    expect(opinion).toMatchObject({ choice: "absent" });
    expect(JSON.stringify(opinion)).not.toContain(apiKey);
  });

  it("sees named facts only: annotations never leave", async () => {
    let sent = "";
    nock(api)
      .post("/v1/messages", (body) => {
        sent = JSON.stringify(body);
        return true;
      })
      .reply(529, {})
      .persist();
    await counsel.opinion(question({ summary: "canary-annotation" }));
    expect(sent).toContain("HighErrorRate");
    expect(sent).not.toContain("canary-annotation");
  });
});
