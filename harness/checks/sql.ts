import type { Check } from '../model.ts';
import { ownTextsOf } from './answer-text.ts';
import { show } from './show.ts';

export const sqlCheck: Check = {
  name: 'sql',
  requirement: 'No answer shows a query or an error of the database behind the server.',
  severity: 'violation',
  appliesTo: ({ exchange }) => exchange.response !== undefined,
  *run(subject) {
    for (const { where, text } of ownTextsOf(subject)) {
      const found = statements.map((pattern) => pattern.exec(text)).find((hit) => hit !== null);
      if (found === undefined) continue;
      yield {
        message: 'the answer shows the database behind the server',
        where,
        expected: 'a message for callers',
        actual: show(subject, text.slice(found.index)),
      };
    }
  },
};

const statements: readonly RegExp[] = [
  /\bSELECT\s[^\n]{1,200}?\sFROM\s+[\w"`[.]+/,
  /\bselect\s[^\n]{1,200}?\sfrom\s+[\w"`[.]+\s+where\s/i,
  /\bINSERT\s+INTO\s+[\w"`[.]+/,
  /\bUPDATE\s+[\w"`[.]+\s+SET\s/,
  /\bDELETE\s+FROM\s+[\w"`[.]+/,
  /\bdelete\s+from\s+[\w"`[.]+\s+where\s/i,
  /\bSQLSTATE\b|\bORA-\d{5}\b|\bPG::\w+Error\b|\bSQLITE_[A-Z]+\b/,
  /\b(?:psycopg2?|sqlalchemy|pymysql|mysqli?|sqlite3|pgx|asyncpg)\.[\w.]*(?:Error|Exception)\b/i,
  /\bsyntax error at or near\b|\bviolates (?:unique|foreign key|not-null|check) constraint\b/i,
  /\byou have an error in your SQL syntax\b|\brelation "[^"\n]+" does not exist\b/i,
];
