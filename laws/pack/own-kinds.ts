/** What the pack says of a layer or initialiser of one's own whose kind no registry knows: what to do about it. */
import * as Layer from '../../src/layer/index.ts';
import * as Initialiser from '../../src/layer/initialiser/index.ts';
import { check, lawOf, lawSet, type Outcome, same } from '../law.ts';
import { initialiser } from './initialiser.ts';
import { layer } from './layer.ts';

const mirror = { ...Layer.flatten([2]), description: { kind: 'mirror' } };
const halves = { ...Initialiser.constant(0.5), description: { kind: 'halves' } };

const receivedOf = (outcome: Outcome): string => (outcome.tag === 'failed' ? outcome.failure.received : outcome.tag);

const told = lawOf<readonly [namespace: string, kind: string, received: readonly string[]]>(
  'a kind of one’s own',
  'is told how it is read from a file, or left out',
  [
    ['Layer', 'mirror', check(layer(mirror, { runs: 1 }), { only: 'codec' }).map(({ outcome }) => receivedOf(outcome))],
    [
      'Initialiser',
      'halves',
      check(initialiser(halves, { runs: 1 }), { only: 'codec' }).map(({ outcome }) => receivedOf(outcome)),
    ],
  ],
  ([namespace, kind, [received = '']]) =>
    same(
      `A kind of your own is read by a registry that has it: { registry: { ...${namespace}.registry, ${kind}: … } }; or leave the law out, with the reason: { except: { codec: '…' } }`,
      received.slice(received.indexOf('A kind')),
    ),
);

export const ownKindLaws = lawSet('kinds of one’s own', [told]);
