/**
 * The zoo by hand, as long as one likes: `npm run zoo`, or `npm run zoo -- --seeds 20 --times 20 layers losses`. Every
 * wrong value must be caught at three seeds (family, fault, law, and the samples that it took at each are printed), and every right one must pass at so many seeds with so many times the
 * samples. Ends with 1 on a miss or a false alarm.
 */
import { parseArgs } from 'node:util';
import { check } from '../law.ts';
import { caught, SEEDS } from './caught.ts';
import { type Family, families } from './index.ts';
import { lineOf } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1' },
    /** The first of the seeds. */
    from: { type: 'string', default: '1' },
    times: { type: 'string', default: '1' },
    right: { type: 'boolean', default: false },
  },
});

const whole = (name: string, text: string): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  console.error(`zoo: --${name} is a whole number of at least 1, not ${text}`);
  process.exit(2);
};
const [count, from, times] = [whole('seeds', values.seeds), whole('from', values.from), whole('times', values.times)];
const strange = positionals.find((name) => !families.some((family) => family.name === name));
if (strange !== undefined) {
  console.error(`zoo: there is no family "${strange}", but ${families.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

/** The lines of a family in the table, and what was missed. */
const caughtOf = ({
  name,
  broken,
}: Family): { readonly lines: readonly string[]; readonly misses: readonly string[] } => {
  const found = broken.map((entry) => ({ entry, samples: SEEDS.map((seed) => caught(entry, seed)) }));
  return {
    lines: found.map(({ entry, samples }) => lineOf(name, entry, samples)),
    misses: found.flatMap(({ entry, samples }) =>
      samples.flatMap((each, i) =>
        each === undefined ? [`missed: ${entry.name} by "${entry.law}" at seed ${SEEDS[i]}`] : [],
      ),
    ),
  };
};

/** How many laws held at a seed, and what failed. */
const alarmsOf = ({ correct }: Family, seed: number): { readonly held: number; readonly alarms: readonly string[] } => {
  const outcomes = correct.flatMap((set) => check(set, { seed, multiplier: times }));
  return {
    held: outcomes.filter(({ outcome }) => outcome.tag === 'held').length,
    alarms: outcomes.flatMap(({ path, outcome }) =>
      outcome.tag === 'failed' ? [`false alarm at seed ${seed}: ${path.join(' / ')}\n${outcome.message}`] : [],
    ),
  };
};

let wrong = 0;
const tell = (lines: readonly string[]): void => {
  wrong += lines.length;
  for (const line of lines) console.log(line);
};

for (const family of families.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  const begun = performance.now();
  if (!values.right) {
    const { lines, misses } = caughtOf(family);
    for (const line of lines) console.log(line);
    tell(misses);
  }
  const seeds = Array.from({ length: count }, (_, i) => from + i);
  const held = seeds.map((seed) => {
    const { held: some, alarms } = alarmsOf(family, seed);
    tell(alarms);
    return some;
  });
  const laws = held.reduce((sum, some) => sum + some, 0);
  console.log(
    `${family.name}: ${values.right ? '' : `${family.broken.length} wrong values at ${SEEDS.length} seeds; `}${family.correct.length} right ones, ${laws} laws held at seeds ${from}–${from + count - 1} × ${times} samples (${Math.round((performance.now() - begun) / 1000)} s)`,
  );
}
console.log(wrong === 0 ? 'no miss, no false alarm' : `${wrong} misses or false alarms`);
process.exitCode = wrong === 0 ? 0 : 1;
