/** The symbols that names of inputs are printed as. */

const GREEK: ReadonlySet<string> = new Set(
  (
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi ' +
    'omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega'
  ).split(' '),
);

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\backslash ',
  '^': '\\hat{\\ }',
  '~': '\\tilde{\\ }',
  ' ': '\\ ',
};

/** A name as LaTeX: Greek letters by their names, one letter in italics, a word upright, digits at its end a subscript. */
export const symbolOf = (name: string): string => {
  const stem = name.replace(/\d+$/u, '');
  const index = name.slice(stem.length);
  const escaped = stem.replace(/[\\^~ #$%&_{}]/gu, (c) => SPECIAL[c] ?? `\\${c}`);
  const letter = GREEK.has(stem) ? `\\${stem}` : /^\p{L}$/u.test(stem) ? stem : `\\mathrm{${escaped}}`;
  return index === '' ? letter : `${letter}_{${index}}`;
};
