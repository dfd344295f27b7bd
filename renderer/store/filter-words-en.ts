/** What is said of a token of the connections' filter that cannot be understood; the token stands before it. */
import { count } from '../words/format.ts';

export const words = {
  tooLong: (length: number, longest: number) =>
    `The filter holds, but is not kept: it has ${count(length)} characters, and at most ${count(longest)} are. A network in place of single IPs makes it short, such as ip:10.0.0.0/24`,
  noState: (state: string, states: readonly string[]) =>
    `no state begins with ${state}; there are ${states.join(', ')}`,
  proto: 'proto: is h2 or http/1.1',
  noRange: (value: string) => `${value} is no CIDR, such as 10.0.0.0/8`,
  noOr: 'is no word of the filter, for all must fit; several values of one token stand in it: state:idle,leased',
  noIp: (value: string) => `${value} is no IP address, beginning of one, CIDR, v4 or v6`,
  noId: 'id: needs a number',
  noFigure: (name: string, figures: readonly string[]) => `${name} is not a figure; there are ${figures.join(', ')}`,
  noNumber: (comparison: string) => `${comparison} needs a number`,
  noTime: (comparison: string) => `${comparison} needs a time, such as 90 or 2:06`,
  noValue: (name: string) => `${name}: needs a value`,
  noToken: (name: string, tokens: readonly string[]) => `${name}: is not a token; there are ${tokens.join(' ')}`,
};
