/** Networks: layers with their parameters and state. */
export * from '../network.ts';
export { decode, decodeLeaves, encode, encodeLeaves } from '../network-codec.ts';
export * from '../summary.ts';
export * from '../transfer.ts';
