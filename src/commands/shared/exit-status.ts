/** The exit statuses of the commands. */
export const exitStatus = {
  /** Every name has an answer, or every flag is saved. */
  answered: 0,
  /** Some names have no answer, some flags are missing, or some lines of the input are not names. */
  unanswered: 1,
  /** Bad usage, or a file or folder that cannot be used. */
  usage: 2,
  /** With `--fail-unless`: no name has the status. */
  notFound: 3,
  /** Interrupted by Ctrl-C: 128 plus the number of SIGINT, as a shell reports it. */
  interrupted: 130,
  /** Ended by SIGTERM: 128 plus its number. */
  terminated: 143,
} as const;
