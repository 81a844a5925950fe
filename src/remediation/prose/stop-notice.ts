/** How to stop Remit. One of the three is enough. */
export const stopNotice = [
  "To stop Remit altogether, do any one of these:",
  "",
  "- add the file `.github/remit/STOP` to the default branch;",
  "- open an issue with the label `remit:stop`;",
  "- set `REMIT_STOP=1` where Remit runs.",
].join("\n");
