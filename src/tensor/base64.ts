/** Bytes as base64 (RFC 4648, section 4), without help from Node or a browser, and refusing what is not canonical. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const letters: readonly string[] = [...ALPHABET];
const values: ReadonlyMap<string, number> = new Map(letters.map((letter, value) => [letter, value]));

const letter = (bits: number): string => letters[bits & 63] ?? '';

/** Bytes as text. */
export const encode = (bytes: Uint8Array): string => {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const left = bytes.length - i;
    parts.push(
      letter(a >> 2) +
        letter((a << 4) | (b >> 4)) +
        (left > 1 ? letter((b << 2) | (c >> 6)) : '=') +
        (left > 2 ? letter(c) : '='),
    );
  }
  return parts.join('');
};

/** The bytes of a text; `undefined` where it is not the text that `encode` makes of them. */
export const decode = (text: string): Uint8Array | undefined => {
  // Four letters at a time: where the last four are fewer, the letter that is missing is no letter.
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, o = 0; i < text.length; i += 4, o += 3) {
    const kept = i + 4 === text.length ? 4 - padding : 4;
    let bits = 0;
    for (let j = 0; j < 4; j++) {
      const value = j < kept ? values.get(text[i + j] ?? '') : 0;
      if (value === undefined) return undefined;
      bits = (bits << 6) | value;
    }
    // The bits that the padding leaves over must be 0, or two texts would stand for the same bytes.
    if ((kept === 3 && (bits & 0xff) !== 0) || (kept === 2 && (bits & 0xffff) !== 0)) return undefined;
    // What padding leaves over would stand beyond the end, where an array of bytes drops it.
    bytes[o] = bits >> 16;
    bytes[o + 1] = bits >> 8;
    bytes[o + 2] = bits;
  }
  return bytes;
};
