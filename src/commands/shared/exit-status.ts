/** The exit statuses of the commands. */
export const exitStatus = {
  /** Every name has an answer, or every flag is saved. */
  answered: 0,
  /** Some have not, or some lines of the input are not names. */
  unanswered: 1,
  /** Bad usage: of options, or a file or folder that cannot be used. */
  usage: 2,
  /** Ctrl-C: 128 plus the number of SIGINT, as a shell reports it. */
  interrupted: 130,
} as const;
