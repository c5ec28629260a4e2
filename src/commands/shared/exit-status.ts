/** How the command ends: all names have an answer, some have none, it was used wrongly, Ctrl-C. */
export const exitStatus = { answered: 0, unanswered: 1, usage: 2, interrupted: 130 } as const;
