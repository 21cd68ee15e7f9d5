import type { ReactElement } from 'react';
import { initialsOf, type Person } from '../room/people.ts';
import { peerStyle } from '../room/peer-style.ts';

const SHOWN = 4;

/** Who else is here. */
export function People({ people }: { people: readonly Person[] }): ReactElement | null {
  if (people.length === 0) return null;
  const hidden = people.slice(SHOWN);
  return (
    <ul className="uxf-people" aria-label="People here">
      {people.slice(0, SHOWN).map((person) => (
        <li
          key={person.id}
          className="uxf-avatar"
          style={peerStyle(person.color)}
          title={person.name}
          data-person={person.id}
        >
          {person.avatarUrl ? (
            <img src={person.avatarUrl} alt={person.name} referrerPolicy="no-referrer" />
          ) : (
            <span role="img" aria-label={person.name}>
              {initialsOf(person.name)}
            </span>
          )}
        </li>
      ))}
      {hidden.length > 0 && (
        <li className="uxf-avatar" data-more="" title={hidden.map(({ name }) => name).join(', ')}>
          +{hidden.length}
        </li>
      )}
    </ul>
  );
}
