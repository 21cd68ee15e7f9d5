/** How far things have come that go through everything in batches. */
export function cursors(db: D1Database) {
  return {
    read: (name: string): Promise<string | null> =>
      db.prepare('SELECT position FROM cursor WHERE name = ?').bind(name).first<string>('position'),
    write: async (name: string, position: string): Promise<void> => {
      await db
        .prepare(
          'INSERT INTO cursor (name, position) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET position = excluded.position',
        )
        .bind(name, position)
        .run();
    },
  };
}
