/** A fixture that can't be used: an answer for whoever wrote it, and not a fault of Remit's. */
export class FixtureError extends Error {
  override readonly name = "FixtureError";
}
