/** How much else goes wrong in the repository while one change is judged. Counted from the store and the catalogue. */
export interface Storm {
  /** Services with an alert that fires and was heard of within the breaker's window, this one included. */
  readonly sickServices: number;
  /** Services that the repository has. */
  readonly knownServices: number;
  /** Changes of Remit's for other incidents, from the decision until they are verified or over. */
  readonly changesUnderWay: number;
}
