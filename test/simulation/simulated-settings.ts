/** Remit's usual patience, but for reviews: nobody wants to simulate a day of waiting. */
import { defaultSettings, type ResponseSettings } from "../../src/remediation/settings.ts";

export const simulatedSettings: ResponseSettings = { ...defaultSettings, reviewWithinMs: 45 * 60_000 };
