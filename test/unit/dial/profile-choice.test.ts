import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../core/base/random.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { ProfileChoice, type ProfileChoiceRule } from '../../../core/dial/profile-choice.ts';
import type { TlsProfileName } from '../../../core/dial/tls-profiles.ts';

const host = parseHostName('example.test');
const other = parseHostName('other.test');
const set: readonly TlsProfileName[] = ['modern-h2', 'x25519-first', 'tls12-only'];
const none = new Set<string>();

function chooseBy(choice: ProfileChoiceRule): ProfileChoice {
  const profiles = new ProfileChoice(seededRandom(7));
  profiles.configure([[host, { profiles: set, choice }]]);
  return profiles;
}

describe('the profile of the next dial', () => {
  it('is the first of the default set, where nobody says otherwise', () => {
    expect(chooseBy('rotate').next(other, none)).toEqual(['modern-h2', 'modern-h1', 'tls12-only', 'runtime-default']);
  });

  it('first: always the first, the others in their order after it', () => {
    const profiles = chooseBy('first');
    expect([profiles.next(host, none), profiles.next(host, none)]).toEqual([set, set]);
  });

  it('rotate: each in its turn, and what follows it is the rest of the set', () => {
    const profiles = chooseBy('rotate');
    const starts = Array.from({ length: 6 }, () => profiles.next(host, none));
    expect(starts.map(([first]) => first)).toEqual([...set, ...set]);
    expect(starts[1]).toEqual(['x25519-first', 'tls12-only', 'modern-h2']);
  });

  it('random: any of the set, each about as often', () => {
    const profiles = chooseBy('random');
    const counts = Map.groupBy(
      Array.from({ length: 3_000 }, () => profiles.next(host, none)[0]),
      (name) => name,
    );
    expect([...counts.keys()].toSorted()).toEqual([...set].toSorted());
    for (const drawn of counts.values()) {
      expect(drawn.length).toBeGreaterThan(900);
    }
  });

  it('what an address has refused comes last, and no other profile comes in', () => {
    const refused = new Set(['modern-h2']);
    expect(chooseBy('first').next(host, refused)).toEqual(['x25519-first', 'tls12-only', 'modern-h2']);
    expect(chooseBy('first').next(host, new Set(set))).toEqual(set);
  });

  it('follows a change of the settings', () => {
    const profiles = chooseBy('rotate');
    profiles.next(host, none);
    profiles.configure([[host, { profiles: ['tls13-only'], choice: 'rotate' }]]);
    expect(profiles.next(host, none)).toEqual(['tls13-only']);
    profiles.configure([]);
    expect(profiles.next(host, none)[0]).toBe('modern-h2');
  });
});
