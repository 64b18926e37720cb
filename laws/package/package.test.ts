/** The package as a stranger gets it: packed, installed into an empty project, and used under plain `node`. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'nabla-ts-user-'));

const run = (command: string, args: readonly string[], cwd = project): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const firstExample = (): string =>
  /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? '';

beforeAll(() => {
  run('npm', ['pack', '--silent', '--pack-destination', project], root);
  const [packed = ''] = readdirSync(project).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }));
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `./${packed}`]);
}, 300_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

describe('the packed package', () => {
  it('brings its four runtime libraries and nothing that only the command or the tests need', () => {
    const installed = readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed.sort()).toEqual(['csv-parse', 'fflate', 'fp-ts', 'io-ts', 'nabla-ts']);
  });

  it("runs the README's first example under plain node", () => {
    const code = firstExample();
    expect(code.split('\n').length).toBeGreaterThan(10);
    expect(code.split('\n').length).toBeLessThanOrEqual(22);
    writeFileSync(join(project, 'example.mjs'), code);
    expect(run(process.execPath, ['example.mjs'])).toMatch(/\S/);
  });

  it('type-checks in a strict project of its own', () => {
    writeFileSync(join(project, 'example.ts'), firstExample());
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          module: 'NodeNext',
          target: 'ES2022',
          lib: ['ES2023', 'DOM'],
          noEmit: true,
          exactOptionalPropertyTypes: true,
          types: [],
        },
        files: ['example.ts'],
      }),
    );
    expect(run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', project])).toBe('');
  });

  it('names both shapes where layers do not fit', () => {
    writeFileSync(
      join(project, 'example.ts'),
      "import { Layer } from 'nabla-ts';\nexport const bad = Layer.sequential(Layer.dense(2, 3), Layer.dense(4, 1));\n",
    );
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' });
    expect(status).not.toBe(0);
    expect(stdout).toContain("'this layer takes': readonly [4]");
    expect(stdout).toContain("'but is given': readonly [3]");
  });

  it('has a command that says what it does', () => {
    expect(run(join(project, 'node_modules', '.bin', 'nabla'), ['--help'])).toContain('nabla');
  });

  it('says what to install for the native engine', () => {
    writeFileSync(
      join(project, 'native.mjs'),
      "import { Blas } from 'nabla-ts/native';\nconsole.log(JSON.stringify(await Blas.open()()));\n",
    );
    expect(run(process.execPath, ['native.mjs'])).toContain('npm install koffi');
  });

  it('gives the laws to those who have fast-check', () => {
    run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', 'fast-check@4']);
    writeFileSync(
      join(project, 'laws.mjs'),
      "import { law, lawSet, check, holds } from 'nabla-ts/laws';\nimport * as fc from 'fast-check';\n" +
        "const set = lawSet('numbers', [law('sum', 'a + b = b + a', fc.tuple(fc.integer(), fc.integer()), ([a, b]) => holds(a + b === b + a, 'equal', 'not'))]);\n" +
        'console.log(JSON.stringify(check(set)));\n',
    );
    expect(run(process.execPath, ['laws.mjs'])).toContain('"held"');
  });

  it('registers laws with the runners of others: node:test, mocha and jest', () => {
    const test = (imports: string): string =>
      `${imports}import { Layer } from 'nabla-ts';\nimport { holds, lawOf, lawSet, laws, register } from 'nabla-ts/laws';\n` +
      "register({ describe, it })(laws.layer(Layer.dense(2, 3), { runs: 2, except: { codec: 'not asked' } }));\n" +
      "register({ describe, it })(lawSet('mine', [lawOf('small', 'n < 2', [1, 2], (n) => holds(n < 2, 'less than 2', String(n)))]));\n";
    const outcome = (args: readonly string[], env: Readonly<Record<string, string>> = {}): string => {
      const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        cwd: project,
        encoding: 'utf8',
        env: { ...process.env, FORCE_COLOR: '0', NODE_OPTIONS: '', ...env },
      });
      return `${status === 0 ? 'passed' : 'failed'}\n${stdout}${stderr}`;
    };
    const failure = [
      'failed',
      'law       small',
      'expected  less than 2',
      'received  2',
      'codec (not expected: not asked)',
    ];
    const missing = (said: string, counts: readonly RegExp[]): readonly string[] => [
      ...failure.filter((words) => !said.includes(words)),
      ...counts.filter((count) => !count.test(said)).map(String),
    ];
    run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', 'mocha@11', 'jest@30']);
    writeFileSync(join(project, 'node.test.mjs'), test("import { describe, it } from 'node:test';\n"));
    writeFileSync(join(project, 'laws.mocha.mjs'), test(''));
    writeFileSync(join(project, 'laws.jest.test.mjs'), test(''));
    const jest = {
      testMatch: ['**/laws.jest.test.mjs'],
      transform: {},
      testEnvironment: 'node',
    };
    writeFileSync(join(project, 'jest.config.json'), JSON.stringify(jest));
    const bin = (name: string): string => join(project, 'node_modules', name, 'bin', `${name}.js`);
    expect(
      missing(outcome(['--test', '--test-reporter=tap', 'node.test.mjs']), [/^# fail 1$/m, /^# pass [1-9]\d*$/m]),
    ).toEqual([]);
    expect(
      missing(outcome([bin('mocha'), '--reporter', 'spec', 'laws.mocha.mjs']), [/\d+ passing/, /1 failing/]),
    ).toEqual([]);
    expect(
      missing(outcome(['--experimental-vm-modules', bin('jest'), '--verbose', '--config', 'jest.config.json']), [
        /Tests:\s+1 failed, [1-9]\d* passed/,
      ]),
    ).toEqual([]);
  });

  it('searches in this process, and in threads once piscina is there', () => {
    writeFileSync(
      join(project, 'objective.mjs'),
      "import { right } from 'fp-ts/lib/Either.js';\nexport default () => async () => right(({ x }) => async () => right({ value: x * x }));\n",
    );
    writeFileSync(
      join(project, 'search.mjs'),
      "import { Failure, Fold, Key, Search, Space, Tensor } from 'nabla-ts';\nimport { Workers } from 'nabla-ts/workers';\n" +
        'const threads = Number(process.argv[2]);\n' +
        'const got = ({ _tag, left, right }) => { if (_tag === "Left") throw new Error(Failure.show(left)); return right; };\n' +
        'const best = async (space, options) => {\n' +
        '  const search = got(Search.grid()(got(Space.make(space))));\n' +
        '  return Search.best(got(await Workers.run(search, { threads, ...options })()).history)?.value;\n};\n' +
        "const square = await best({ x: Space.integer({ low: -1, high: 2 }) }, { module: new URL('./objective.mjs', import.meta.url) });\n" +
        "const rows = Tensor.generate('f32', [8, 1], (i) => i % 4);\n" +
        'const data = { task: { kind: "regression" }, inputs: rows, targets: rows, folds: got(Fold.kFold(2)(Key.fromSeed(1))(8)), key: Key.fromSeed(1) };\n' +
        "const line = await best({ layers: Space.choice(0) }, { module: Workers.trials, data: { ...data, settings: { optimizer: 'lbfgs', batchSize: 'full' } } });\n" +
        'console.log(JSON.stringify([square, line < 1]));\n',
    );
    expect(run(process.execPath, ['search.mjs', '0'])).toBe('[0,true]\n');
    const { status, stderr } = spawnSync(process.execPath, ['search.mjs', '2'], { cwd: project, encoding: 'utf8' });
    expect(status).not.toBe(0);
    expect(stderr).toContain('threads: expected the package piscina (npm install piscina)');
    run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', 'piscina@5']);
    expect(run(process.execPath, ['search.mjs', '2'])).toBe('[0,true]\n');
  });
});
