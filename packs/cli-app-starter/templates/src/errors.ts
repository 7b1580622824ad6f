/** The codes the program ends with; they are part of its interface. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** The program was called in a way it does not understand; shown with a pointer to the help. */
export class UsageError extends Error {}

/** An expected failure, such as a file that is missing; shown as one line without a stack. */
export class CommandError extends Error {}
