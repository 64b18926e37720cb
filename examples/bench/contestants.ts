/** Who is timed, how each is started, and what a missing one needs. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engines } from './engine.ts';
import { folder } from './peers/load.ts';

export interface Contestant {
  readonly name: string;
  readonly kind: 'engine' | 'peer';
  /** Commands to try, one after the other, until one has all that is needed. */
  readonly commands: ReadonlyArray<readonly string[]>;
  /** What to do where none has. */
  readonly install: string;
}

const script = (name: string): string => fileURLToPath(new URL(`peers/${name}`, import.meta.url));
const node = (program: string, name: string, ...args: readonly string[]): readonly string[] => [
  program,
  '--import',
  import.meta.resolve('tsx'),
  script(name),
  ...args,
];

/** Debian's packages belong to its own Python, which need not be the first that is found. */
const pythons: readonly string[] =
  process.env.NABLA_BENCH_PYTHON === undefined ? ['/usr/bin/python3', 'python3'] : [process.env.NABLA_BENCH_PYTHON];

const python = (name: string, file: string, needed: string): Contestant => ({
  name,
  kind: 'peer',
  commands: pythons.map((program) => [program, script(file)]),
  install: `apt install ${needed} libopenblas0-pthread (or name another Python in NABLA_BENCH_PYTHON)`,
});

const fromNpm = (name: string, file: string, programs: readonly string[]): Contestant => ({
  name,
  kind: 'peer',
  commands: programs.map((program) => node(program, file)),
  install: 'npm run bench -- --install (or name a folder that has it in NABLA_BENCH_PEERS)',
});

export const contestants: readonly Contestant[] = [
  ...Object.keys(engines).map(
    (name): Contestant => ({
      name,
      kind: 'engine',
      commands: [node(process.execPath, 'nabla.ts', name)],
      install: 'apt install libopenblas0-pthread, and npm install koffi',
    }),
  ),
  python('NumPy', 'with_numpy.py', 'python3-numpy'),
  python('scikit-learn', 'with_sklearn.py', 'python3-sklearn'),
  python('PyTorch', 'with_torch.py', 'python3-torch'),
  fromNpm('jax-js', 'jax.ts', [join(folder(), 'node_modules', 'node', 'bin', 'node'), process.execPath]),
  fromNpm('tfjs', 'tfjs.ts', [process.execPath]),
  fromNpm('brain.js', 'brain.ts', [process.execPath]),
];
