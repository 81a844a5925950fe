/** A real browser without a screen. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

export const browserBinary = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserBinary ?? "chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
