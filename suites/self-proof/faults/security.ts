import type { Fault, Tamper } from '../fault.ts';
import { all, errors, inAnswer } from './row.ts';

/** What an answer gives away, and what it lets others do. */
export const securityFaults: readonly Fault[] = [
  inAnswer([202, 404, 412, 500], {
    name: 'leak/key-in-header',
    says: 'Each answer repeats the API key in a header',
    tamper: { do: 'header', name: 'X-Api-Key', value: '{key}' },
    check: 'leaked-key',
  }),
  leak('key-in-message', 'The 404 repeats the API key in its message', 'leaked-key', said('No backup {id} for {key}.')),
  leak(
    'other-key',
    "The 404 shows somebody else's API key",
    'leaked-key',
    said('Owner pcsk_4tYq9_Zr7Hn2VwXc8Lm3PdKs has none.'),
  ),
  leak(
    'stripe-key',
    'The 404 shows a key of a payment service',
    'leaked-key',
    said('sk_live_4eC39HqLyjWDarjtT1zdp7dc'),
  ),
  leak('go-panic', 'The 404 shows an error of Go', 'stack-trace', said('runtime error: index out of range [1]')),
  leak('python-object', 'The 404 shows an object of Python', 'stack-trace', said('<Backup object at 0x7f3a2b4c5d60>')),
  leak('exception-class', 'The 404 shows a class of Java', 'stack-trace', said('com.acme.NoHostAvailableException')),
  leak('crash', 'The 404 tells of a crash', 'stack-trace', said('Segmentation fault (core dumped)')),
  leak('folder', 'The 404 names a folder of the server', 'stack-trace', said('/var/lib/postgresql/data is read-only')),
  leak('variable', 'The 404 shows the environment of the server', 'stack-trace', said('PATH=/usr/bin:/bin')),
  leak('no-rows', 'The 404 shows an error of the database driver', 'sql', said('sql: no rows in result set')),
  leak('bucket', 'The 404 names the bucket that backups are in', 'sql', said('s3://prod-backups/tenant-42')),
  leak('consul', 'The 404 names a service of the network behind', 'internal-host', said('backups.service.consul')),
  leak('token', 'The 404 shows a JSON web token', 'leaked-key', {
    do: 'json',
    at: '/error/details',
    to: { token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwcm9qZWN0LTEyMyJ9.c2lnbmF0dXJlLW9mLXRva2Vu' },
  }),
  leak('cloud-key', 'The 404 shows a key of the cloud account', 'leaked-key', said('S3 refused AKIAIOSFODNN7EXAMPLE.')),
  leak(
    'url-with-password',
    'The 404 shows a database URL with its password',
    'leaked-key',
    said('postgres://admin:hunter2@db/backups'),
  ),
  leak('python-trace', 'The 404 shows a stack trace in Python', 'stack-trace', {
    do: 'json',
    at: '/error/details',
    to: { trace: 'Traceback (most recent call last):\n  File "/srv/api/backups.py", line 41, in delete' },
  }),
  leak(
    'java-trace',
    'The 404 shows a stack trace in Java',
    'stack-trace',
    said('java.lang.NullPointerException: backup'),
  ),
  leak(
    'node-trace',
    'The 404 shows a stack trace in JavaScript',
    'stack-trace',
    said('Error\n    at find (/app/src/backups.js:12:7)'),
  ),
  leak(
    'go-trace',
    'The 404 shows a stack trace in Go',
    'stack-trace',
    said('goroutine 7 [running]:\nmain.find(backups.go:88)'),
  ),
  leak(
    'type-error',
    'The 404 shows an error of JavaScript',
    'stack-trace',
    said("TypeError: Cannot read properties of null (reading 'id')"),
  ),
  leak('key-error', 'The 404 shows an error of Python', 'stack-trace', said("KeyError: 'backup_id'")),
  leak(
    'between-services',
    'The 404 shows an error between services',
    'stack-trace',
    said('rpc error: code = NotFound desc = no rows'),
  ),
  leak(
    'file',
    'The 404 names a file of the server',
    'stack-trace',
    said('ENOENT: no such file, open /var/lib/backups/17.json'),
  ),
  leak('mongo', 'The 404 shows an error of MongoDB', 'sql', said('MongoServerError: E11000 duplicate key error')),
  leak(
    'access-token',
    'The 404 shows an access token of the cloud',
    'leaked-key',
    said('401 for ya29.a0AfH6SMBx1234567890abcdefghij'),
  ),
  leak('environment', 'The 404 shows the environment of the server', 'leaked-key', {
    do: 'json',
    at: '/error/details',
    to: { env: { PATH: '/usr/bin', DB_PASSWORD: 'hunter2' } },
  }),
  inAnswer(500, {
    name: 'leak/panic-in-500',
    says: 'The 500 shows a panic of the server',
    tamper: said("thread 'main' panicked at src/backups.rs:17:9"),
    check: 'stack-trace',
  }),
  inAnswer(500, {
    name: 'leak/query-in-500',
    says: 'The 500 shows the query that failed',
    tamper: said('DELETE FROM backups WHERE id = $1: deadlock detected'),
    check: 'sql',
  }),
  leak(
    'driver-error',
    'The 404 shows an error of the database driver',
    'sql',
    said('psycopg2.errors.UndefinedTable: backups'),
  ),
  leak(
    'internal-address',
    'The 404 names an address of the network behind the server',
    'internal-host',
    said('10.4.17.23:5432 has none.'),
  ),
  leak(
    'cluster-name',
    'The 404 names a service of the cluster',
    'internal-host',
    said('asked backups.prod.svc.cluster.local'),
  ),
  leak('host-in-header', 'The 404 names the machine that served it', 'internal-host', {
    do: 'header',
    name: 'X-Served-By',
    value: 'ip-10-0-3-7.ec2.internal',
  }),
  inAnswer(errors, {
    name: 'leak/cookie',
    says: 'Errors set a session cookie',
    tamper: { do: 'header', name: 'Set-Cookie', value: 'session=0f8a; HttpOnly' },
    check: 'set-cookie',
  }),
  inAnswer(202, {
    name: 'leak/cookie-on-202',
    says: 'The 202 sets a cookie for tracking',
    tamper: { do: 'header', name: 'Set-Cookie', value: 'visitor=17' },
    check: 'set-cookie',
  }),
  kept('public', 'Cache-Control', 'public, max-age=60', 'Caches may keep the 404'),
  kept('shared', 'Cache-Control', 's-maxage=300', 'Shared caches may keep the 404'),
  kept('expires', 'Expires', 'Fri, 31 Dec 2100 23:59:59 GMT', 'The 404 expires at the end of the century'),
  inAnswer(401, {
    name: 'security/cacheable-401',
    says: 'Caches may keep the 401, so that a good key is refused later',
    tamper: { do: 'header', name: 'Cache-Control', value: 'max-age=3600' },
    check: 'cacheable-error',
  }),
  inAnswer(all, {
    name: 'security/every-page-with-credentials',
    says: 'Every web page may send credentials',
    tamper: [
      { do: 'header', name: 'Access-Control-Allow-Origin', value: '*' },
      { do: 'header', name: 'Access-Control-Allow-Credentials', value: 'true' },
    ],
    check: 'cors',
  }),
  inAnswer(404, {
    name: 'security/null-origin-with-credentials',
    says: 'Sandboxed pages may send credentials',
    tamper: [
      { do: 'header', name: 'Access-Control-Allow-Origin', value: 'null' },
      { do: 'header', name: 'Access-Control-Allow-Credentials', value: 'true' },
    ],
    check: 'cors',
  }),
  redirect('permanently', 301, '/v2/backups/{id}', 'Deletions of unknown ids are redirected for good'),
  redirect('to-login', 302, '/login?next=/backups/{id}', 'An unknown id is redirected to a login page'),
  redirect(
    'elsewhere',
    307,
    'https://backups.example.net/{id}',
    'A redirect leads a client, and its key, to another host',
  ),
  redirect('without-where', 303, '', 'A redirect does not say where to'),
  {
    ...redirect('not-modified', 304, '/', 'An unknown id is answered 304, as if something were cached'),
    tamper: { do: 'answer', status: 304 },
    caughtBy: { check: 'status', case: 'delete_backup/404/**' },
  },
  inAnswer(202, {
    name: 'security/accepted-is-redirected',
    says: 'A deletion is redirected with its method and key to another host',
    tamper: [
      { do: 'status', status: 308 },
      { do: 'header', name: 'Location', value: 'https://eu.example.net/backups/{id}' },
    ],
    check: 'redirect',
  }),
  inAnswer(404, {
    name: 'header/location-on-404',
    says: 'A 404 has a Location, which means nothing there',
    tamper: { do: 'header', name: 'Location', value: '/backups' },
    check: 'redirect',
    as: 'advice',
  }),
  inAnswer(500, {
    name: 'header/retry-after-words',
    says: 'The 500 says to try again "soon"',
    tamper: { do: 'header', name: 'Retry-After', value: 'soon' },
    check: 'retry-after',
  }),
  inAnswer(500, {
    name: 'header/retry-after-negative',
    says: 'The 500 says to try again some seconds ago',
    tamper: { do: 'header', name: 'Retry-After', value: '-5' },
    check: 'retry-after',
  }),
  inAnswer(202, {
    name: 'header/banner',
    says: 'The answer tells which version of which software it comes from',
    tamper: { do: 'header', name: 'Server', value: 'nginx/1.18.0 (Ubuntu)' },
    check: 'banner',
    as: 'advice',
  }),
  inAnswer(404, {
    name: 'header/powered-by',
    says: 'A header tells the version of the framework',
    tamper: { do: 'header', name: 'X-Powered-By', value: 'PHP/7.4.3' },
    check: 'banner',
    as: 'advice',
  }),
  inAnswer(404, {
    name: 'header/required-missing',
    says: 'A header that the document requires is missing from the 404',
    document: 'with-headers',
    tamper: [],
    check: 'declared-headers',
  }),
  inAnswer(500, {
    name: 'header/unfit',
    says: 'A header that the document declares as a number is a word',
    document: 'with-headers',
    tamper: { do: 'header', name: 'X-Attempts', value: 'many' },
    check: 'declared-headers',
    violates: ['404', '500'],
  }),
];

function said(message: string): Tamper {
  return { do: 'json', at: '/error/message', to: message };
}

function leak(name: string, says: string, check: string, tamper: Tamper): Fault {
  return inAnswer(404, { name: `leak/${name}`, says, tamper, check });
}

function kept(name: string, header: string, value: string, says: string): Fault {
  return inAnswer(404, {
    name: `security/cacheable-${name}`,
    says,
    tamper: { do: 'header', name: header, value },
    check: 'cacheable-error',
  });
}

function redirect(name: string, status: number, location: string, says: string): Fault {
  return inAnswer(404, {
    name: `security/redirected-${name}`,
    says,
    tamper: [
      { do: 'status', status },
      ...(location === '' ? [] : [{ do: 'header', name: 'Location', value: location } as const]),
    ],
    check: 'redirect',
  });
}
