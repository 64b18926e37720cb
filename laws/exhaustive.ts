/**
 * Every elementary function of one number at every number of f32: `npm run laws:exhaustive -- [NAME …] [--every N]`.
 *
 * Each result is compared with the f64 body, which `laws/scalar/elementary.ts` holds to 60 decimal digits: its 2 ulp are
 * 2⁻²⁸ of an ulp here. All ten functions take an hour or two; `--every 97` takes a 97th of the numbers. Prints the greatest
 * error of each function and where it falls from one number to the next though the function rises; exits with 1
 * where an error is over 2 ulp or a value is special in one format and not in the other.
 */
import { trigonometricLimit } from '../src/scalar/elementary/trigonometric.ts';
import { call, type ElementaryUnary, input } from '../src/scalar/expr.ts';
import { loopOf } from './exhaustive-kernel.ts';
import { f32Error } from './scalar/elementary-error.ts';
import { elementaryNames } from './scalar/elementary-samples.ts';

const BOUND = 2;
const BLOCK = 2 ** 16;
const ALL = 2 ** 32;

interface Findings {
  readonly worst: number;
  readonly at: number;
  readonly falls: number;
}

const rises = (name: ElementaryUnary): boolean => name !== 'sin' && name !== 'cos';

/** Of one function, over the bit patterns 0, step, 2·step, …. */
const examine = (name: ElementaryUnary, step: number, progress: (done: number) => void): Findings => {
  const expr = call(name)(input('x'));
  const [f32, f64] = [loopOf('f32', expr), loopOf('f64', expr)];
  const bits = new Uint32Array(BLOCK);
  const inputs = new Float32Array(bits.buffer);
  const received = new Float32Array(BLOCK);
  const real = new Float64Array(BLOCK);
  const limit = name === 'sin' || name === 'cos' ? trigonometricLimit.f32 : Number.POSITIVE_INFINITY;
  let [worst, at, falls] = [0, 0, 0];
  let before = Number.NaN;
  for (let start = 0; start < ALL; start += BLOCK * step) {
    const length = Math.min(BLOCK, Math.ceil((ALL - start) / step));
    for (let i = 0; i < length; i += 1) bits[i] = start + i * step;
    f32(inputs, received, length);
    f64(inputs, real, length);
    for (let i = 0; i < length; i += 1) {
      const x = inputs[i] ?? Number.NaN;
      const y = received[i] ?? Number.NaN;
      const error = f32Error(y, Math.abs(x) <= limit ? (real[i] ?? Number.NaN) : Number.NaN);
      if (error > worst) [worst, at] = [error, x];
      // Bit patterns of negative numbers go down.
      if (x < 0 ? y > before : y < before) falls += 1;
      before = y;
    }
    // From the last positive pattern to −0 is no step to a neighbour.
    if (start < ALL / 2 && start + BLOCK * step >= ALL / 2) before = Number.NaN;
    progress(Math.min(1, (start + BLOCK * step) / ALL));
  }
  return { worst, at, falls };
};

const usage = (message: string): never => {
  process.stderr.write(`${message}\nusage: laws:exhaustive [${elementaryNames.join(' | ')}] … [--every N]\n`);
  process.exit(2);
};

const args = process.argv.slice(2);
const everyAt = args.indexOf('--every');
const step = everyAt < 0 ? 1 : Number(args[everyAt + 1]);
if (!(Number.isInteger(step) && step >= 1)) usage(`--every takes a whole number, got "${args[everyAt + 1]}"`);
const asked = everyAt < 0 ? args : args.toSpliced(everyAt, 2);
const unknown = asked.find((name) => !elementaryNames.some((known) => known === name));
if (unknown !== undefined) usage(`no elementary function of one number is called "${unknown}"`);

const failures = elementaryNames
  .filter((name) => asked.length === 0 || asked.includes(name))
  .filter((name) => {
    let shown = 0;
    const { worst, at, falls } = examine(name, step, (done) => {
      const tenth = Math.floor(done * 10);
      if (tenth > shown) process.stderr.write(`${name} ${tenth * 10} %\n`);
      shown = Math.max(shown, tenth);
    });
    const verdict = worst <= BOUND ? 'within' : 'OVER';
    const steps = rises(name) ? `, falls ${falls} times` : '';
    process.stdout.write(`${name.padEnd(9)} ${worst.toFixed(4)} ulp at ${at}, ${verdict} ${BOUND}${steps}\n`);
    return worst > BOUND;
  });
process.exitCode = failures.length === 0 ? 0 : 1;
