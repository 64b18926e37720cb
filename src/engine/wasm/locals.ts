/** The local variables of a function, found in its code. */
import { type Code, type Func, flatten, type Local, type ValueType } from './code.ts';

/** Throws where two have one name. */
export const distinct = (what: string, named: ReadonlyArray<{ readonly name: string }>): void => {
  const seen = new Set<string>();
  for (const { name: one } of named) {
    if (seen.has(one)) throw new Error(`wasm: a second ${what} named "${one}"`);
    seen.add(one);
  }
};

/** The variables that a function uses beside its parameters, in the order of their types, then of their first use. */
export const localsOf = ({ name: func, parameters, body }: Func): readonly Local[] => {
  distinct(`parameter of "${func}"`, parameters);
  const seen = new Map<string, Local>(parameters.map((parameter) => [parameter.name, parameter]));
  const own: Local[] = [];
  const visit = (code: Code): void => {
    for (const one of flatten(code)) {
      if (one.kind === 'local') {
        const known = seen.get(one.local.name);
        if (known !== undefined && known.type !== one.local.type)
          throw new Error(`wasm: the local "${one.local.name}" is ${known.type} and ${one.local.type}`);
        if (known === undefined) {
          seen.set(one.local.name, one.local);
          own.push(one.local);
        }
      }
      if ('body' in one) visit(one.body);
    }
  };
  visit(body);
  const order: readonly ValueType[] = ['i32', 'f32', 'f64', 'v128'];
  return order.flatMap((type) => own.filter((one) => one.type === type));
};
