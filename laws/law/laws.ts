/** Laws of laws: that what fails is found, shrunk, replayed and printed, and that what is excluded is counted. */
import * as fc from 'fast-check';
import { full } from '../../src/tensor/tensor.ts';
import { anyNumber, dtypes, shapes, tensorsOf } from '../arbitrary/index.ts';
import {
  all,
  check,
  code,
  except,
  holds,
  type LawSet,
  law,
  lawOf,
  lawSet,
  type Outcome,
  register,
  reportHtml,
  reportText,
  same,
  sameTensor,
  type Verdict,
} from '../law.ts';
import { runningLaws } from './running.ts';

const seeds = fc.nat();

/** False from a bound on: its smallest counterexample is the bound. */
const below = (bound: number) =>
  law('below', `n < ${bound}`, fc.nat({ max: 1000 }), (n) => holds(n < bound, `less than ${bound}`, `${n}`), {
    runs: 1000,
    formula: `n < ${bound}`,
  });

const failureOf = (outcome: Outcome): Verdict | Extract<Outcome, { tag: 'failed' }> =>
  outcome.tag === 'failed' ? outcome : { expected: 'a failure', received: outcome.tag };

const shrinks = law(
  'a failure is shrunk, replayed and whole',
  'the counterexample is the smallest, its seed and path find it again at once, and the text holds all of it',
  fc.tuple(fc.integer({ min: 1, max: 500 }), seeds),
  ([bound, seed]) => {
    const outcome = failureOf(below(bound).check({ seed }));
    if (outcome === undefined || !('failure' in outcome)) return outcome;
    const { failure, message } = outcome;
    const again = below(bound).check({ seed, path: failure.path });
    return all(
      same(`${bound}`, failure.counterexample),
      same(`less than ${bound}`, failure.expected),
      same('failed', again.tag),
      ...(again.tag === 'failed' ? [same(`${bound}`, again.failure.counterexample, 'replayed')] : []),
      ...['below', failure.statement, `${bound}`, `less than ${bound}`, `seed ${seed}`, failure.path].map((part) =>
        holds(message.includes(part), `a text that holds ${part}`, message),
      ),
    );
  },
  { runs: 30 },
);

const throwing = law(
  'what throws, fails',
  'a predicate that throws has not held: the message is received, and the error kept',
  seeds,
  (seed) => {
    const outcome = failureOf(
      law('thrower', 'never throws', fc.nat(), (): Verdict => {
        throw new RangeError('no such shape');
      }).check({ seed }),
    );
    if (outcome === undefined || !('failure' in outcome)) return outcome;
    const { failure } = outcome;
    return all(
      same('it threw: no such shape', failure.received),
      same(true, failure.cause instanceof RangeError),
      same(false, outcome.message.includes('laws.ts'), 'a stack trace in the text'),
    );
  },
  { runs: 5 },
);

const excluding = law(
  'what is excluded is counted',
  'samples that cannot be judged are counted by reason, and a law that could judge fewer than half has failed',
  fc.tuple(fc.integer({ min: 0, max: 10 }), seeds),
  ([share, seed]) => {
    const outcome = lawOf(
      'shares',
      'some are excluded',
      Array.from({ length: 10 }, (_, i) => i),
      (i) => (i < share ? { excluded: 'small' } : undefined),
    ).check({ seed });
    const drawn = law('drawn', 'all are excluded', fc.nat(), () => ({ excluded: 'always' })).check({ seed });
    return all(
      same('failed', drawn.tag),
      same('held', outcome.tag),
      ...(outcome.tag === 'held' ? [same(share, outcome.excluded.small ?? 0)] : []),
    );
  },
  { runs: 20 },
);

/** A set with one law that holds, one that fails and one that is not expected. */
const mixed = except({ 'is never': 'it is <not> so' })(
  lawSet(
    'outer',
    [law('is', 'n = n', fc.nat(), (n) => same(n, n))],
    [lawSet('inner', [below(3), lawOf('is never', 'n ≠ n', [1], (n) => same(n, n + 1))])],
  ),
);

const interpreters = law(
  'interpreters agree',
  'check, register, and the reports tell of the same laws, in order, and of the same outcomes',
  seeds,
  (seed) => {
    const results = check(mixed, { seed });
    const heard: string[] = [];
    const hear = (name: string, body: () => void): void => {
      try {
        body();
        heard.push(`${name}: passed`);
      } catch {
        heard.push(`${name}: failed`);
      }
    };
    register({ describe: (_, body) => body(), it: hear }, { seed })(mixed);
    const text = reportText(results);
    const html = reportHtml(results);
    return all(
      same('held failed skipped', results.map(({ outcome }) => outcome.tag).join(' ')),
      same('outer/is outer/inner/below outer/inner/is never', results.map(({ path }) => path.join('/')).join(' ')),
      same('is: passed,below: failed,is never (not expected: it is <not> so): passed', heard.join()),
      same(true, text.endsWith('1 held, 1 failed, 1 not expected')),
      same(true, text.includes('is never (not expected: it is <not> so)')),
      same(true, html.includes('it is &lt;not&gt; so')),
      same(false, html.includes('<not>')),
    );
  },
  { runs: 5 },
);

const refusing = lawOf(
  'exceptions are named and have a reason',
  'a name that the set does not have, and an empty reason, are refused in words',
  [
    [{ unknown: 'why' }, 'has no law "unknown"; it has is, below, is never'],
    [{ is: ' ' }, '"is" needs a reason'],
  ] as const,
  ([reasons, words]) => {
    try {
      except(reasons)(mixed);
      return { expected: words, received: 'a set' };
    } catch (error) {
      const received = error instanceof Error ? error.message : String(error);
      return holds(received.includes(words), words, received);
    }
  },
);

const scope = { Tensor: { adopt: (shape: readonly number[], data: ArrayLike<number>) => ({ shape, data }) } };

const pasted = law(
  'tensors are printed as code',
  'the code of a tensor, run, makes its numbers again, bit for bit',
  fc.tuple(dtypes, shapes).chain(([dtype, shape]) => tensorsOf(dtype, shape, anyNumber(dtype))),
  (x) => {
    const made: unknown = new Function('Tensor', `return ${code(x)}`)(scope.Tensor);
    return same(fc.stringify({ shape: x.shape, data: x.data }), fc.stringify(made));
  },
);

const positions = law(
  'the first difference has a place',
  'of two tensors with one number apart, the place of that number and both numbers are named',
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.nat()).map(([rows, columns, at]) => ({
    rows,
    columns,
    at: at % (rows * columns),
  })),
  ({ rows, columns, at }) => {
    const zeros = full('f64', [rows, columns], 0);
    const other = { ...zeros, data: Array.from(zeros.data, (x, i) => (i === at ? x + 1 : x)) };
    const verdict = sameTensor(zeros, other, 'params[2].weight');
    return same(
      `params[2].weight[${Math.floor(at / columns)},${at % columns}]: 0, 1`,
      verdict !== undefined && 'where' in verdict ? `${verdict.where}: ${verdict.expected}, ${verdict.received}` : '',
    );
  },
);

export const lawLaws: LawSet = lawSet(
  'laws',
  [shrinks, throwing, excluding, interpreters, refusing, pasted, positions],
  [runningLaws],
);
