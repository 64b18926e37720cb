/** What a run of mutants keeps in Stryker's copy of the project: all tests as one script, and how long each takes. */
export const SCRIPT = 'mutation-tests.cjs';
export const TIMES = 'mutation-times.json';
