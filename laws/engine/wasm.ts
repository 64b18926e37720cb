/** The encoder of WebAssembly, held to another assembler and disassembler (wabt), and to the engine that runs it. */
import * as fc from 'fast-check';
import type wabt from 'wabt';
import {
  block,
  branch,
  branchIf,
  type Code,
  call,
  float,
  get,
  i32,
  local,
  type Module,
  op,
  set,
} from '../../src/engine/wasm/code.ts';
import { encode } from '../../src/engine/wasm/encode.ts';
import { text } from '../../src/engine/wasm/text.ts';
import { all, holds, type Law, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { modules } from './wasm/modules.ts';
import { refusals } from './wasm/refusals.ts';
import { runs } from './wasm/runs.ts';
import {
  laneMemoryOps,
  laneOps,
  laneResult,
  lanesOf,
  memoryOps,
  memorySignature,
  plainOps,
  plainSignature,
  type Signature,
} from './wasm/signatures.ts';

/** The other assembler. */
type Assembler = Awaited<ReturnType<typeof wabt>>;
type Parsed = ReturnType<Assembler['readWasm']>;

const FEATURES = { simd: true, bulk_memory: true, multi_value: true } as const;

const using = <A>(parsed: Parsed, f: (parsed: Parsed) => A): A => {
  try {
    return f(parsed);
  } finally {
    parsed.destroy();
  }
};
const assembled = (other: Assembler, source: string): Uint8Array =>
  using(other.parseWat('module.wat', source, FEATURES), (parsed) => parsed.toBinary({}).buffer);
const disassembled = (other: Assembler, bytes: Uint8Array): string =>
  using(other.readWasm(bytes, { ...FEATURES, readDebugNames: false }), (parsed) => parsed.toText({}));

const sameBytes = (expected: Uint8Array, received: Uint8Array, where: string): Verdict => {
  const at = Array.from({ length: Math.max(expected.length, received.length) }, (_, i) => i).find(
    (i) => expected[i] !== received[i],
  );
  const near = (bytes: Uint8Array): string => (at === undefined ? '' : `${bytes.slice(Math.max(0, at - 8), at + 8)}`);
  return holds(at === undefined, near(expected), `${near(received)} (${where}, around byte ${at})`);
};

const agrees =
  (other: Assembler) =>
  (module: Module): Verdict => {
    const bytes = encode(module);
    return all(
      holds(WebAssembly.validate(bytes), 'a valid module', 'an invalid one'),
      sameBytes(assembled(other, text(module)), bytes, 'its text, assembled'),
      sameBytes(assembled(other, disassembled(other, bytes)), bytes, 'itself, disassembled and assembled'),
    );
  };

/** One instruction with what it takes, in a function that returns what it gives. */
const alone = ({ operands, results }: Signature, instruction: Code): Module => {
  const parameters = operands.map((type, i) => local(type, `operand-${i}`));
  return {
    pages: 1,
    functions: [{ name: 'only', parameters, results, body: [parameters.map(get), instruction], exported: true }],
  };
};

const everyInstruction: readonly (readonly [string, Module])[] = [
  ...plainOps.map((name) => [name, alone(plainSignature(name), { kind: 'plain', op: name })] as const),
  ...memoryOps.map((name) => [name, alone(memorySignature(name), { kind: 'memory', op: name, offset: 8 })] as const),
  ...laneOps.flatMap((name) =>
    Array.from({ length: lanesOf(name) }, (_, lane) => {
      const signature: Signature = { operands: ['v128'], results: [laneResult(name)] };
      return [name, alone(signature, { kind: 'lane', op: name, lane })] as const;
    }),
  ),
  ...laneMemoryOps.flatMap((name) =>
    Array.from({ length: lanesOf(name) }, (_, lane) => {
      const signature: Signature = { operands: ['i32', 'v128'], results: name.includes('load') ? ['v128'] : [] };
      return [name, alone(signature, { kind: 'laneMemory', op: name, offset: 8, lane })] as const;
    }),
  ),
  ['drop', alone({ operands: ['v128'], results: [] }, op('drop'))],
  ['return', alone({ operands: ['f64'], results: ['f64'] }, op('return'))],
];

/** Numbers that take two bytes: of functions and locals, and how far a branch goes (wabt reads 140 nested blocks, not 300). */
const wide: fc.Arbitrary<Module> = fc
  .record({ functions: fc.integer({ min: 1, max: 300 }), locals: fc.nat(300), depth: fc.integer({ min: 1, max: 140 }) })
  .chain((size) =>
    fc.record({ size: fc.constant(size), out: fc.nat(size.depth - 1), called: fc.nat(size.functions - 1) }),
  )
  .map(({ size, out, called }) => {
    const types = ['v128', 'i32', 'f64', 'f32'] as const;
    const variables = Array.from({ length: size.locals }, (_, i) => local(types[i % 4] ?? 'i32', `local-${i}`));
    const nest = (depth: number): Code =>
      depth === size.depth
        ? [branchIf(`block-${out}`, i32(1)), branch(`block-${size.depth - 1 - out}`)]
        : block(`block-${depth}`, nest(depth + 1));
    const first = { name: 'function-0', parameters: [], results: [] };
    const body: Code = [variables.map((one) => set(one, get(one))), nest(0), call(`function-${called}`)];
    return {
      pages: 1,
      functions: Array.from({ length: size.functions }, (_, i) =>
        i === 0 ? { ...first, body } : { name: `function-${i}`, parameters: [], results: [], body: [], exported: true },
      ),
    };
  });

/** All bits that a NaN can have, but the first of its fraction, which engines set. */
const notNumbers: fc.Arbitrary<number> = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 2n ** 51n - 1n }))
  .map(([negative, bits]) => new Float64Array(BigUint64Array.of(((negative ? 0xfff8n : 0x7ff8n) << 48n) | bits).buffer))
  .map(([x = NaN]) => x);

const deepFrozen = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFrozen(inner);
  }
  return value;
};

const show = (module: Module): string => text(module);

/** The laws of the encoder, against another assembler. */
export const wasmLaws = (other: Assembler): LawSet => {
  const random: Law = law(
    'modules',
    'random modules are valid; wabt makes the same bytes of their text, and of what it disassembles from their bytes',
    modules,
    agrees(other),
    { runs: 200, show },
  );
  const large: Law = law(
    'many names',
    'so do modules of hundreds of functions, locals and nested blocks',
    wide,
    agrees(other),
    { runs: 20 },
  );
  const each: Law = lawOf(
    'instructions',
    'every instruction, in every lane, is valid, has the code that wabt gives it, and its name',
    everyInstruction,
    ([name, module]) =>
      all(
        agrees(other)(module),
        holds(
          disassembled(other, encode(module))
            .split(/[\s()]+/)
            .includes(name),
          name,
          disassembled(other, encode(module)),
        ),
      ),
  );
  const nan: Law = law('NaN', 'every NaN is written with the bits of the canonical one', notNumbers, (x) => {
    const of = (value: number): Module => ({
      pages: 0,
      functions: [
        { name: 'f32', parameters: [], results: ['f32'], body: float('f32', value) },
        { name: 'f64', parameters: [], results: ['f64'], body: float('f64', value) },
      ],
    });
    return all(agrees(other)(of(x)), sameBytes(encode(of(Number.NaN)), encode(of(x)), 'NaN'));
  });
  const pure: Law = law(
    'purity',
    'a module is encoded to the same bytes again, and is not changed',
    modules,
    (module) => {
      const frozen = deepFrozen(structuredClone(module));
      const [first, second] = [encode(frozen), encode(frozen)];
      return all(sameBytes(first, second, 'again'), same(text(module), text(frozen)));
    },
    { runs: 50, show },
  );
  return lawSet('encoder of WebAssembly', [random, large, each, nan, pure, refusals, runs]);
};
