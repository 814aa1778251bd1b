import { describeCheck, errorBody, properReply, reply } from '../../testing/describe-check.ts';
import { sqlCheck } from './sql.ts';

const saying = (message: string): { readonly answer: string; readonly promise: string } => ({
  answer: reply(500, errorBody(500, 'UNKNOWN', message)),
  promise: '500',
});
const found = ['violation in body: the answer shows the database behind the server'];

describeCheck(sqlCheck, [
  ['accepts the wording of the document', { answer: properReply(412), promise: '412' }, []],
  ['accepts English', saying('Select a backup from the list, or delete from another index; update your settings'), []],
  [
    'accepts an id that is a query',
    {
      answer: reply(404, errorBody(404, 'NOT_FOUND', "Backup '; DELETE FROM backups; -- not found.")),
      request: { path: "/backups/'%3B%20DELETE%20FROM%20backups%3B%20--" },
    },
    [],
  ],
  ['does not apply without an answer', { answer: [{ close: 'end' }], also: ['transport'] }, 'does not apply'],
  ['finds a query', saying("SELECT * FROM backups WHERE id = 'x'"), found],
  ['finds one in lower case', saying('select id from backups where id = $1'), found],
  ['finds a deletion', saying('DELETE FROM "backups" WHERE id = ?'), found],
  ['finds an insertion', saying('INSERT INTO backups(id) VALUES (1)'), found],
  ['finds an update', saying('UPDATE backups SET deleted = true'), found],
  ['finds an error of PostgreSQL', saying('ERROR: syntax error at or near "x"'), found],
  ['finds a constraint', saying('update violates foreign key constraint "jobs_backup"'), found],
  ['finds an error of MySQL', saying('You have an error in your SQL syntax; check the manual'), found],
  ['finds MongoDB', saying('MongoServerError: E11000 duplicate key error collection: prod.backups'), found],
  ['finds Redis', saying('WRONGTYPE Operation against a key holding the wrong kind of value'), found],
  ['finds that there was no row', saying('sql: no rows in result set'), found],
  ['finds what is no UUID', saying('invalid input syntax for type uuid: "x"'), found],
  ['finds a table of MySQL', saying("Table 'prod.backups' doesn't exist"), found],
  ['finds SQL Server', saying('Unclosed quotation mark after the character string'), found],
  ['finds Elasticsearch', saying('index_not_found_exception'), found],
  ['finds a bucket', saying('cannot delete s3://prod-backups/tenant-42/x'), found],
  ['finds DynamoDB', saying('ConditionalCheckFailedException'), found],
  ['finds a lock', saying('ERROR: deadlock detected'), found],
  ['finds a driver', saying('psycopg2.errors.UndefinedTable: relation "backups" does not exist'), found],
  ['finds a class of a driver', saying('psycopg2.errors.UndefinedTable: backups'), found],
  ['finds an error of Oracle', saying('ORA-00942: table or view'), found],
]);
