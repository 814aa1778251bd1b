import type { Check } from '../../model/target.ts';
import { ownTextsOf } from '../reading/response-text.ts';
import { memoize } from '../../core/memoize.ts';
import { excerpt } from '../reading/excerpt.ts';

export const sqlCheck: Check = {
  name: 'sql',
  requirement: 'No answer shows a query or an error of the database behind the server.',
  severity: 'violation',
  remedy: 'Catch errors of the database, and respond with a message of the API.',
  appliesTo: ({ exchange }) => exchange.response !== undefined,
  *run(subject) {
    for (const { where, text } of ownTextsOf(subject)) {
      const from = statementIn(text);
      if (from === undefined) continue;
      yield {
        message: 'the answer shows the database behind the server',
        where,
        expected: 'a message for callers',
        actual: excerpt(subject, text.slice(from)),
      };
    }
  },
};

/** Where the first one begins that any of the patterns finds. */
const statementIn = memoize((text) =>
  statements.map((pattern) => pattern.exec(text)?.index).find((at) => at !== undefined),
);

/** Each quantifier has an end: the text may be a megabyte of anything. */
const statements: readonly RegExp[] = [
  /\bSELECT\s[^\n]{1,200}?\sFROM\s{1,9}[\w"`[.]{1,60}/,
  /\bselect\s[^\n]{1,200}?\sfrom\s{1,9}[\w"`[.]{1,60}\s{1,9}where\s/i,
  /\bINSERT\s{1,9}INTO\s{1,9}[\w"`[.]{1,60}/,
  /\bUPDATE\s{1,9}[\w"`[.]{1,60}\s{1,9}SET\s/,
  /\bDELETE\s{1,9}FROM\s{1,9}[\w"`[.]{1,60}/,
  /\bdelete\s{1,9}from\s{1,9}[\w"`[.]{1,60}\s{1,9}where\s/i,
  /\bSQLSTATE\b|\bORA-\d{5}\b|\bPG::\w{1,60}Error\b|\bSQLITE_[A-Z]+\b/,
  /\b(?:psycopg\d?|sqlalchemy|pymysql|mysqli?|sqlite3|pgx|asyncpg)\.(?:(?:errors?|exc)\.\w|[\w.]{0,80}(?:Error|Exception)\b)/i,
  /\bMongo\w{0,20}Error\b|\bE11000 duplicate key\b|\bWRONGTYPE Operation\b|\b(?:Redis|Dynamo|Cassandra)\w{0,30}(?:Error|Exception)\b/,
  /\bno rows in result set\b|\binvalid input syntax for (?:type )?\w|\bTable '[\w.]{1,100}' doesn't exist\b/,
  /\bUnclosed quotation mark after\b|\bindex_not_found_exception\b|\bspanner: code = |\bInvalid `prisma\./,
  /\b(?:s3|gs|abfss?|hdfs):\/\/[\w.-]{3,100}|\bNoSuch(?:Key|Bucket): |\bConditionalCheckFailedException\b/,
  /\bdatabase is locked\b|\bdeadlock detected\b|\bdeadlock found when trying to get lock\b/i,
  /\bsyntax error at or near\b|\bviolates (?:unique|foreign key|not-null|check) constraint\b/i,
  /\byou have an error in your SQL syntax\b|\brelation "[^"\n]{1,100}" does not exist\b/i,
];
