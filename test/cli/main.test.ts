import fc from "fast-check";
import { expect, it } from "vitest";
import { printable } from "../../src/cli/printable.ts";
import { registry } from "../../src/cli/registry.ts";
import { run } from "./run.ts";

it("--help lists every command, and each command explains itself", async () => {
  const { code, out } = await run(["--help"]);
  expect(code).toBe(0);
  for (const [name, load] of Object.entries(registry)) {
    const command = await load();
    expect(command.name).toBe(name);
    expect(out).toContain(command.summary);
    for (const form of [
      [name, "--help"],
      [name, "-h"],
      ["help", name],
    ]) {
      const help = await run(form);
      expect(help).toMatchObject({ code: 0, err: "" });
      expect(help.out).toContain(`remit ${name}`);
    }
  }
});

it("without a command it explains itself and says that this was no use", async () => {
  expect(await run([])).toMatchObject({ code: 2, out: expect.stringContaining("Usage") });
});

it("--version prints the package's version", async () => {
  expect((await run(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(JSON.parse((await run(["--version", "--json"])).out)).toEqual({ version: expect.any(String) });
});

it.each([
  [["serv"], 'remit: unknown command "serv", did you mean serve?\n'],
  [["xyzzy"], 'remit: unknown command "xyzzy", see remit --help\n'],
  [["constructor"], 'remit: unknown command "constructor", see remit --help\n'],
  [["serve", "--chek"], "remit: serve: unknown option --chek, did you mean --check?\nTry remit serve --help\n"],
  [["inbox", "destroy"], 'remit: inbox: expected list, show or replay, not "destroy"\nTry remit inbox --help\n'],
])("%j is a usage error, told in a line", async (argv, message) => {
  expect(await run(argv)).toEqual({ code: 2, out: "", err: message });
});

it("with --json an error is one line of JSON", async () => {
  const { code, err, out } = await run(["serv", "--json"]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(JSON.parse(err)).toEqual({
    error: { code: "usage", message: expect.stringContaining("did you mean serve?") },
  });
});

it("no control character of any text reaches the terminal, and ordinary text is left as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be gone
      expect(printable(text)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    }),
  );
  expect(printable("\u001b[2Jgone")).toBe("\\u001b[2Jgone");
  expect(printable("checkout → v1.2\n\tünïcödé 🚒")).toBe("checkout → v1.2\n\tünïcödé 🚒");
});

it("an unknown command's escape codes are made visible", async () => {
  expect((await run(["\u001b[31mred"])).err).not.toContain("\u001b");
});
