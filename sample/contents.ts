/** What a compiled program looks like to a reader of the image: an ELF header's start, then bytes that depend on the name alone. */
export function binary(name: string, bytes: number): Buffer {
	const content = Buffer.alloc(bytes);
	let state = [...name].reduce(
		(hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193),
		0x811c9dc5,
	);
	for (let index = 0; index < bytes; index++) {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		content[index] = state & 0xff;
	}
	content.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]);
	return content;
}

export function json(value: unknown): string {
	return `${JSON.stringify(value, null, 2)}\n`;
}

/** Rows of a text file, made from a pattern, for files of which only the size matters. */
export function rows(count: number, row: (index: number) => string): string {
	return Array.from({ length: count }, (_, index) => `${row(index)}\n`).join('');
}

export const osRelease = `NAME="Pebble Linux"
ID=pebble
VERSION_ID=3.4.1
PRETTY_NAME="Pebble Linux v3.4"
`;

export const basePasswd = `root:x:0:0:root:/root:/bin/sh
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
`;

export const baseGroup = `root:x:0:root
bin:x:1:root,bin,daemon
daemon:x:2:root,bin,daemon
nobody:x:65534:
`;

export const profile = `export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PS1='\\h:\\w\\$ '
umask 022
`;

export const entrypointScript = `#!/bin/sh
set -e
if [ "$1" = "migrate" ]; then
  exec node dist/migrate.js
fi
exec node "$@"
`;

export const serverSource = `import { createServer } from 'node:http';
import { readConfig } from './config.ts';
import { openDatabase } from './database.ts';
import { route } from './routes.ts';

const config = readConfig();
const database = await openDatabase(config.database);
createServer((request, response) => route({ request, response, database })).listen(config.port);
`;

export const routesSource = `import { createOrder, findOrder, listOrders } from './orders.ts';

export async function route({ request, response, database }) {
	const url = new URL(request.url, 'http://localhost');
	if (url.pathname === '/healthz') return response.end('ok');
	if (url.pathname === '/orders' && request.method === 'GET') return listOrders(response, database);
	if (url.pathname === '/orders' && request.method === 'POST') return createOrder(request, response, database);
	if (url.pathname.startsWith('/orders/')) return findOrder(url, response, database);
	response.writeHead(404).end();
}
`;

export const ordersSource = `const statement = {
	list: 'select id, placed_at, total from orders order by placed_at desc limit 50',
	find: 'select id, placed_at, total, lines from orders where id = $1',
	create: 'insert into orders (id, placed_at, total, lines) values ($1, now(), $2, $3)',
};

export async function listOrders(response, database) {
	response.end(JSON.stringify(await database.query(statement.list)));
}

export async function findOrder(url, response, database) {
	const [order] = await database.query(statement.find, [url.pathname.slice('/orders/'.length)]);
	response.writeHead(order ? 200 : 404).end(order && JSON.stringify(order));
}
`;

export const stylesheet = `body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; }
table { border-collapse: collapse; width: 100%; }
td, th { border-bottom: 1px solid #ddd; padding: 0.4rem; text-align: left; }
`;

export const license = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software, to deal in the
software without restriction. The software is provided "as is", without warranty of any kind.
`;
