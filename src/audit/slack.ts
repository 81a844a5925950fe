/** How far clocks may differ before somebody lied. In milliseconds. */
const second = 1000;
const minute = 60 * second;

/** Between two dates that GitHub wrote, in whole seconds. */
export const sameClockMs = 10 * second;
/** Between this machine's clock and GitHub's, and between records that were written by several workers. */
export const otherClockMs = 5 * minute;
