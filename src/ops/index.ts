/** The tensor algebra, what is made of its operations, and the interpreter that defines their meaning. */
export * from './count.ts';
export * from './derived.ts';
export * from './ops.ts';
export * from './random.ts';
export * from './reference/random.ts';
export * from './reference/reference.ts';
