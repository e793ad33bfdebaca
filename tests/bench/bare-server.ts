/** The bound for a page: `node:http` that answers a GET with a page of the same size, and a POST, read whole, with 303. */
import { createServer } from 'node:http';

const page = Buffer.alloc(Number(process.argv[2] ?? 10_000), 'x');

const server = createServer((request, response) => {
  if (request.method !== 'POST') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    return;
  }
  request.resume().on('end', () => response.writeHead(303, { location: '/next' }).end());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address ? address.port : 0}\n`);
});
