/** The same seed gives the same run. */
export { seededRandom } from '../../core/base/random.ts';
