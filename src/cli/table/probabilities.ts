/** What logits say of each class. */
import { Key, Layer, Network, type Tensor } from '../../index.ts';

/** The softmax of logits [rows, classes]. */
export const probabilities = (logits: Tensor.Tensor): Tensor.Tensor =>
  Network.predict(Network.init(Layer.softmax.at(logits.shape.slice(1)), Key.fromSeed(0), logits.dtype))(logits);
