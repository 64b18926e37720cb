/**
 * Gzip (RFC 1952), recognised by its magic bytes. The checksums and lengths of its trailers are verified here: the
 * inflating library skips them, and a damaged file must not pass for data.
 */
import { Gunzip } from 'fflate';
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure } from '../tensor/failure.ts';

/**
 * Whether bytes begin as a gzip file does.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * Data.isGzip(Uint8Array.of(0x1f, 0x8b, 8)) // => true
 * ```
 */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

// The polynomial of IEEE 802.3, reflected.
const CRC_TABLE: readonly number[] = Array.from({ length: 256 }, (_, byte) =>
  Array.from({ length: 8 }).reduce((c: number) => (c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1), byte),
);

interface Member {
  readonly crc: number;
  readonly length: number;
}
const nothing: Member = { crc: -1, length: 0 };

const extend = ({ crc, length }: Member, chunk: Uint8Array): Member => {
  let c = crc;
  for (let i = 0; i < chunk.length; i++) c = (CRC_TABLE[(c ^ (chunk[i] ?? 0)) & 0xff] ?? 0) ^ (c >>> 8);
  return { crc: c, length: length + chunk.length };
};

/** Whether the 8 bytes before `end` are the checksum and the length (mod 2³²) of a member. */
const verified = (bytes: Uint8Array, end: number, { crc, length }: Member): boolean => {
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + end - 8, 8);
  return trailer.getUint32(0, true) === ~crc >>> 0 && trailer.getUint32(4, true) === length >>> 0;
};

/**
 * A gzip file of nothing: 20 bytes, all 0 but these. Put behind the bytes, it must be found to begin where they end: then
 * nothing was cut off.
 */
const SENTINEL = Uint8Array.from({ 0: 0x1f, 1: 0x8b, 2: 8, 10: 3, length: 20 });

const joined = (chunks: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  chunks.reduce((at, chunk) => {
    whole.set(chunk, at);
    return at + chunk.length;
  }, 0);
  return whole;
};

const inflate = (bytes: Uint8Array): Uint8Array => {
  const chunks: Uint8Array[] = [];
  let member = nothing;
  let end = 0;
  const stream = new Gunzip((chunk) => {
    chunks.push(chunk);
    member = extend(member, chunk);
  });
  stream.onmember = (start) => {
    if (!verified(bytes, start, member)) throw new Error('a checksum that does not match');
    member = nothing;
    end = start;
  };
  stream.push(joined([bytes, SENTINEL]), true);
  if (end !== bytes.length) throw new Error('one that is cut short');
  return joined(chunks);
};

/**
 * The bytes themselves, or what they hold when they are gzip. Fails where a gzip file is cut short or damaged.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Data.gunzip('plain')(new Uint8Array([1, 2])) // => E.right(new Uint8Array([1, 2]))
 * E.isLeft(Data.gunzip('damaged')(new Uint8Array([0x1f, 0x8b]))) // => true
 * ```
 */
export const gunzip =
  (source: string) =>
  (bytes: Uint8Array): E.Either<Failure, Uint8Array> =>
    isGzip(bytes)
      ? E.tryCatch(
          () => inflate(bytes),
          (error) => failure('parse', source, 'a whole gzip file', E.toError(error).message),
        )
      : E.right(bytes);
