import { runLaws } from '../run.ts';
import { productLaws } from './product.ts';

runLaws(productLaws);
