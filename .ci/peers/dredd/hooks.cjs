// What a user of Dredd writes by hand: which id and key provoke each declared response.
const hooks = require('hooks');

const requests = {
  202: { id: 'ready-1' },
  401: { id: 'ready-2', key: 'wrong' },
  404: { id: 'nothing-1' },
  412: { id: 'pending-1' },
  500: { id: 'boom-1' },
};

hooks.beforeEach((transaction, done) => {
  const { id, key = process.env.API_KEY } = requests[transaction.expected.statusCode];
  transaction.fullPath = `/backups/${id}`;
  transaction.request.headers['Api-Key'] = key;
  transaction.skip = false;
  done();
});
