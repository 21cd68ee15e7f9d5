export interface User {
  id: string;
  name: string;
  role: string;
  /** Looks after what Acme pays. */
  admin: boolean;
}

/** The people of the demo. A real app has a sign-in and a database here. */
export const USERS: readonly User[] = [
  { id: 'mia', name: 'Mia Berg', role: 'Product designer', admin: true },
  { id: 'noah', name: 'Noah Kim', role: 'Product manager', admin: false },
];
const [FIRST] = USERS;

/** The user with this id; Mia when nobody has it. */
export function findUser(id: string | undefined): User {
  const user = USERS.find((each) => each.id === id) ?? FIRST;
  if (!user) throw new Error('The demo has no users');
  return user;
}
