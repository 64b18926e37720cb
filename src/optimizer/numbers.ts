/** Named numbers of the host: what an optimizer counts, and the scalars it hands to a phase. */

export type Numbers = Readonly<Record<string, number>>;

/** The number of a name. Throws where there is none: the slots are then another optimizer's. */
export const numberOf = (numbers: Numbers, name: string): number => {
  const value = numbers[name];
  if (value === undefined)
    throw new Error(`Optimizer: the slots hold no number "${name}", only ${Object.keys(numbers).join(', ')}`);
  return value;
};
