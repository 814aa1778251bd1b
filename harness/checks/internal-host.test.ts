import { describeCheck, errorBody, properReply, reply } from './bench.test-support.ts';
import { internalHostCheck } from './internal-host.ts';

const saying = (message: string): { readonly answer: string; readonly promise: string } => ({
  answer: reply(500, errorBody(500, 'UNKNOWN', message)),
  promise: '500',
});
const found = (host: string, where = 'body'): readonly string[] => [
  `violation in ${where}: the answer names ${host}, which is a host of an internal network`,
];

describeCheck(internalHostCheck, [
  ['accepts the wording of the document', { answer: properReply(500), promise: '500' }, []],
  ['accepts public hosts', saying('See https://docs.pinecone.io and 8.8.8.8, 172.32.0.1, 11.0.0.1'), []],
  ['accepts versions', saying('nginx/10.1.2.3 and v10.1.2.3'), []],
  [
    'accepts words that end alike',
    saying('An error.internal occurred in com.sun.jdk.internal.Reflect; see settings.localized'),
    [],
  ],
  ['accepts its own host', { answer: properReply(404, { 'X-Host': '127.0.0.1', 'X-Name': 'localhost' }) }, []],
  [
    'accepts the origin of pages',
    { answer: properReply(404, { 'Access-Control-Allow-Origin': 'http://localhost:3000' }) },
    [],
  ],
  [
    'accepts an id that is a host',
    {
      answer: reply(404, errorBody(404, 'NOT_FOUND', 'Backup 10.0.0.1 not found.')),
      request: { path: '/backups/10.0.0.1' },
    },
    [],
  ],
  ['does not apply without an answer', { answer: [{ close: 'end' }], also: ['transport'] }, 'does not apply'],
  ['finds an address', saying('connect ECONNREFUSED 10.2.33.4:5432'), found('10.2.33.4:5432')],
  ['finds an address in a URL', saying('GET http://192.168.0.12/health failed'), found('192.168.0.12')],
  ['finds an address of a middle range', saying('upstream 172.20.0.3.'), found('172.20.0.3')],
  ['finds an address in IPv6', saying('upstream [fd12:3456::1]:80'), found('[fd12:3456::1]')],
  ['finds another port of the same machine', saying('connect to 127.0.0.1:5432'), found('127.0.0.1:5432')],
  ['finds it by name', saying('connect to localhost:5432'), found('localhost:5432')],
  [
    'finds a service of a cluster',
    saying('backups.prod.svc.cluster.local timed out'),
    found('backups.prod.svc.cluster.local'),
  ],
  ['finds a host of the cloud', saying('no answer from ip-10-0-3-7.ec2.internal'), found('ip-10-0-3-7.ec2.internal')],
  ['finds a short internal name', saying('no answer from db-3.internal'), found('db-3.internal')],
  ['finds it by its scheme', saying('no answer from http://backups.internal'), found('backups.internal')],
  ['finds it by its port', saying('no answer from backups.corp:8443'), found('backups.corp:8443')],
  [
    'finds it in a header',
    { answer: properReply(404, { 'X-Backend': 'ip-10-0-3-7' }) },
    found('ip-10-0-3-7', 'header x-backend'),
  ],
]);
