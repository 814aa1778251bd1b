import { describeCheck, errorBody, properReply, reply } from '../../testing/describe-check.ts';
import { stackTraceCheck } from './stack-trace.ts';

const saying = (message: string): { readonly answer: string; readonly promise: string } => ({
  answer: reply(500, errorBody(500, 'UNKNOWN', message)),
  promise: '500',
});
const found = (language: string, where = 'body'): readonly string[] => [
  `violation in ${where}: the answer shows the inside of a server in ${language}`,
];

describeCheck(stackTraceCheck, [
  ['accepts the wording of the document', { answer: properReply(500), promise: '500' }, []],
  [
    'accepts sentences with words of code',
    saying('Error at step 3: a system exception (File not found) at 10:15:30'),
    [],
  ],
  ['accepts paths of the API', saying('DELETE /backups/app.py is not at /usr or /home'), []],
  [
    'accepts an id that looks like a file',
    {
      answer: reply(404, errorBody(404, 'NOT_FOUND', 'Backup main.go:12 not found.')),
      request: { path: '/backups/main.go%3A12' },
    },
    [],
  ],
  ['does not apply without an answer', { answer: [{ close: 'end' }], also: ['transport'] }, 'does not apply'],
  ['finds Python', saying('Traceback (most recent call last):\n  File "x.py", line 1'), found('Python')],
  ['finds a line of it', saying('  File "/srv/app/backups.py", line 42, in delete'), found('Python')],
  ['finds Java', saying('x\n\tat io.pinecone.Backups.delete(Backups.java:42)'), found('Java')],
  ['finds an exception of Java', saying('java.lang.NullPointerException: backup'), found('Java')],
  ['finds C#', saying('   at Pinecone.Backups.Delete(String id) in C:\\src\\Backups.cs:line 42'), found('C#')],
  ['finds an exception of C#', saying('System.NullReferenceException: Object reference'), found('C#')],
  ['finds JavaScript', saying('TypeError: x\n    at Backups.delete (/x/backups.js:42:13)'), found('JavaScript')],
  [
    'finds JavaScript of Node',
    saying('at process.processTicksAndRejections (node:internal/process/task_queues:95:5)'),
    found('JavaScript'),
  ],
  [
    'finds an error of JavaScript',
    saying("TypeError: Cannot read properties of undefined (reading 'id')"),
    found('JavaScript'),
  ],
  ['finds an error of Python', saying("KeyError: 'backup_id'"), found('Python')],
  ['finds what Python says of nothing', saying("'NoneType' object has no attribute 'id'"), found('Python')],
  ['finds a bare exception of Java', saying('NullPointerException while deleting'), found('Java')],
  ['finds an error between services', saying('rpc error: code = Unavailable desc = transport is closing'), found('Go')],
  ['finds a connection that failed', saying('dial tcp: lookup backups: no such host'), found('Go')],
  ['finds an error of the system', saying('ENOENT: no such file or directory'), found('some language')],
  ['finds a file that is not there', saying('open backups.json: no such file or directory'), found('some language')],
  ['finds one on Windows', saying('The system cannot find the path specified'), found('some language')],
  ['finds a file of data', saying('cannot open /var/lib/pinecone/backups/1.json'), found('some language')],
  ['accepts errors in plain words', saying('An error occurred: the value is not valid. Error: try again'), []],
  ['finds Go', saying('panic: runtime error: index out of range'), found('Go')],
  ['finds a goroutine', saying('goroutine 17 [running]:\nmain.main()'), found('Go')],
  ['finds a line of Go', saying('backups/delete.go:42: no rows'), found('Go')],
  ['finds Ruby', saying("app/backups.rb:42:in `delete'"), found('Ruby')],
  ['finds PHP', saying('PHP Fatal error:  Uncaught Error'), found('PHP')],
  ['finds Rust', saying("thread 'tokio-runtime-worker' panicked at src/x"), found('Rust')],
  ['finds the class of an exception', saying('com.acme.store.NoHostAvailableException: no host'), found('Java')],
  ['finds a bare class', saying('BackupNotFoundException: 7'), found('some language')],
  ['accepts the name of a class as a code', saying('BackupNotFoundException'), []],
  ['finds the heap of Java', saying('Java heap space'), found('Java')],
  ['finds an object of Python', saying('<Backup object at 0x7f3a2b4c5d60>'), found('Python')],
  ['finds a panic of Go', saying('runtime error: index out of range [1]'), found('Go')],
  ['finds nil in Ruby', saying("undefined method `id' for nil:NilClass"), found('Ruby')],
  ['finds Elixir', saying('** (KeyError) key :id not found'), found('Elixir')],
  ['finds Perl', saying("Can't locate object at /usr/lib/x.pl line 5."), found('Perl')],
  ['finds a crash', saying('Segmentation fault (core dumped)'), found('C or C++')],
  ['finds Swift', saying('Fatal error: Unexpectedly found nil'), found('Swift')],
  ['finds Lua', saying("attempt to index a nil value (field 'id')"), found('Lua')],
  ['finds a file of passwords', saying('root:x:0:0:root:/root:/bin/bash'), found('some language')],
  ['finds a variable', saying('PATH=/usr/bin:/bin'), found('some language')],
  ['finds a folder of the server', saying('no space in /var/lib/postgresql/data'), found('some language')],
  ['finds a file of Windows', saying('C:\\inetpub\\wwwroot\\web.config'), found('some language')],
  ['finds Dart', saying('#0      main (file:///app/x.dart:3:5)'), found('Dart')],
  ['finds a module of Node', saying('at Object.<anonymous> (webpack:x)'), found('JavaScript')],
  ['finds a file of the server', saying('error in /usr/src/app/backups.ts'), found('some language')],
  [
    'finds it in a header',
    { answer: properReply(500, { 'X-Error': 'java.io.IOException: x' }), promise: '500' },
    found('Java', 'header x-error'),
  ],
  [
    'finds it in the page of another status',
    {
      answer: reply(502, '<pre>Traceback (most recent call last):</pre>', { 'Content-Type': 'text/html' }),
      also: ['status'],
    },
    found('Python'),
  ],
]);
