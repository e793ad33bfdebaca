/**
 * Statements that are built once and run with other values each time. Building one costs several times what SQLite needs to
 * run it, and everybody who presses a button waits for that: what runs on each of a person’s steps is a statement.
 */
import { sql, type Compilable, type CompiledQuery, type Kysely, type QueryResult, type RawBuilder } from 'kysely';
import type { Tables } from './tables.ts';

/** Stands among the parameters of a statement for a value that is given when it runs. */
class Place {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** What a statement is built with instead of the values. */
export type Places<Given> = { readonly [Name in keyof Given]-?: RawBuilder<Given[Name]> };

/** Makes the place of each name that is asked for. */
const places = new Proxy({}, { get: (_, name) => sql`${new Place(String(name))}` });

/**
 * @param build called at the first use with each kind of database, whose words differ
 * @returns runs the statement with these values, in `db` or in a transaction of it
 */
export function statement<Given extends object, Row>(
  build: (db: Kysely<Tables>, places: Places<Given>) => Compilable<Row>,
): (db: Kysely<Tables>, given: Given) => Promise<QueryResult<Row>> {
  const built = new WeakMap<object, CompiledQuery<Row>>();
  return (db, given) => {
    const { adapter } = db.getExecutor();
    let query = built.get(adapter);
    if (!query) {
      query = build(db, places as Places<Given>).compile();
      built.set(adapter, query);
    }
    const parameters = query.parameters.map((value) =>
      value instanceof Place ? given[value.name as keyof Given] : value,
    );
    return db.executeQuery({ ...query, parameters });
  };
}
