/**
 * A trained model as a file: the network, and how the tables are encoded that it takes. The file is JSON and is read
 * strictly, so that one that was cut, edited or written by another version is refused and never half understood.
 */
import { dirname } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import * as t from 'io-ts';
import * as Encoding from '../data/encoding.ts';
import { featureNames } from '../data/schema.ts';
import type { Registry } from '../layer/kind.ts';
import type { SomeNetwork } from '../layer/network.ts';
import { decode as decodeNetwork, encode as encodeNetwork } from '../layer/network-codec.ts';
import { closed } from '../scalar/closed.ts';
import { type Failure, failure, fromErrors, quote } from '../tensor/failure.ts';
import { equals, show as showShape } from '../tensor/shape.ts';
import { makeDirectory, readText, writeText } from './files.ts';
import { parseJson } from './json.ts';

export interface Model {
  readonly encoding: Encoding.Encoding;
  /** It takes [rows, features] and gives a logit for each class, or the scaled value. */
  readonly network: SomeNetwork;
}

const FORMAT = 'nabla-ts/model';
const VERSION = 1;
const EXPECTED = 'a model as nabla train --save or nabla search --save writes it';

const heading = t.type({ format: t.literal(FORMAT), version: t.number });
const codec = closed('Model', {
  format: t.literal(FORMAT),
  version: t.literal(VERSION),
  encoding: Encoding.codec,
  network: t.unknown,
});

/** A model as the text of its file. */
export const toText = ({ encoding, network }: Model): string =>
  `${JSON.stringify({ format: FORMAT, version: VERSION, encoding, network: network.use((known) => encodeNetwork(known)) })}\n`;

/** Where the network does not take what the encoding gives, or gives what it does not mean. */
const misfit = ({ encoding: { schema }, network }: Model): string | undefined => {
  const features = featureNames(schema).length;
  const outputs = schema.target.kind === 'classes' ? schema.target.classes.length : 1;
  return network.use(({ layer, dtype }) =>
    equals(layer.input, [features]) && equals(layer.output, [outputs]) && dtype === 'f32'
      ? undefined
      : `one from ${showShape(layer.input)} to ${showShape(layer.output)} in ${dtype}, for ${features} features and ${outputs} outputs`,
  );
};

/**
 * A model from the text of its file. Fails where that is not JSON, of another kind or version, holds unknown fields, and
 * where network and encoding do not fit each other.
 */
export const fromText =
  (registry: Registry, source: string) =>
  (text: string): E.Either<Failure, Model> =>
    pipe(
      text,
      parseJson(source, EXPECTED),
      E.chain((json) =>
        !heading.is(json)
          ? E.left(failure('codec', source, EXPECTED, 'another JSON file'))
          : json.version !== VERSION
            ? E.left(failure('codec', source, `a model of version ${VERSION}`, `version ${quote(json.version)}`))
            : pipe(codec.decode(json), E.mapLeft(fromErrors(source))),
      ),
      E.chain(({ encoding, network: encoded }) =>
        pipe(
          encoded,
          decodeNetwork(registry),
          E.bimap(
            (wrong) => ({ ...wrong, where: `${source}, ${wrong.where}` }),
            (network): Model => ({ encoding, network }),
          ),
        ),
      ),
      E.chain((model) => {
        const wrong = misfit(model);
        return wrong === undefined
          ? E.right(model)
          : E.left(failure('shape', source, 'a network that fits the columns', wrong));
      }),
    );

/** Writes a model, whole or not at all; the directory that it is to lie in is made. */
export const save =
  (path: string) =>
  (model: Model): TE.TaskEither<Failure, void> =>
    pipe(
      makeDirectory(dirname(path)),
      TE.chain(() => pipe(model, toText, writeText(path))),
    );

/** Reads a model; fails as `fromText` and `readText` do. */
export const load =
  (registry: Registry) =>
  (path: string): TE.TaskEither<Failure, Model> =>
    pipe(readText(path), TE.chainEitherK(fromText(registry, path)));
