/** The script of all tests of a run of mutants, in Stryker's copy of the project. */
export const SCRIPT = 'mutation-tests.cjs';
