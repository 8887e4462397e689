// A condition on a list of any length: SQLite binds at most 32,766 values a statement.

import { type RawBuilder, sql } from 'kysely';

/** True where the column holds one of the values. */
export function oneOf(column: string, values: readonly (number | string)[]): RawBuilder<boolean> {
  return sql`${sql.ref(column)} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`;
}
