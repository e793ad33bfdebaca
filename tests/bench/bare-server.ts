/** The bound for a page: `node:http` that answers a GET with a page of the same size, and a POST, read whole, with 303. */
import { createServer } from 'node:http';

const page = Buffer.alloc(Number(process.argv[2]), 'x');
const ofPage = { 'content-type': 'text/html; charset=utf-8', 'content-length': page.length };
const onwards = { location: '/next', 'content-length': 0 };

const server = createServer((request, response) => {
  if (request.method === 'POST') request.resume().on('end', () => response.writeHead(303, onwards).end());
  else response.writeHead(200, ofPage).end(page);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address ? address.port : 0}\n`);
});
